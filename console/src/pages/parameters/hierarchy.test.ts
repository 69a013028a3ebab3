import assert from "node:assert/strict";
import { test } from "node:test";
import { levelOf, levelsTo } from "./hierarchy.ts";

const items = ["plain", "/top", "/prod/a", "/prod/web/b", "/prod/web/c", "/production/d"].map((Name) => ({ Name }));

test("levelOf shows what stands directly below a path, and how much is further down", () => {
  assert.deepEqual(levelOf(items, "/"), {
    levels: [
      { path: "/prod/", count: 3 },
      { path: "/production/", count: 1 },
    ],
    parameters: [{ Name: "plain" }, { Name: "/top" }],
  });
  assert.deepEqual(levelOf(items, "/prod/"), {
    levels: [{ path: "/prod/web/", count: 2 }],
    parameters: [{ Name: "/prod/a" }],
  });
  assert.deepEqual(levelOf(items, "/none/"), { levels: [], parameters: [] });
});

test("levelsTo names each level from the top", () => {
  assert.deepEqual(
    levelsTo("/prod/web/").map(({ path }) => path),
    ["/", "/prod/", "/prod/web/"],
  );
});
