import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, matches, Ranks } from "./rows.ts";

test("compare sorts numbers by size, texts as people do, and what is missing last", () => {
  assert.deepEqual([10, 9, undefined, 1].sort(compare), [1, 9, 10, undefined]);
  assert.deepEqual(["web-10", "web-9", "Api"].sort(compare), ["Api", "web-9", "web-10"]);
  assert.ok(compare(undefined, "a") > 0);
});

test("matches finds each word of the filter anywhere in the row", () => {
  const columns = [{ value: ({ name }: { name: string }) => name }, { value: () => "SecureString" }, {}];
  assert.equal(matches({ name: "/prod/db" }, "  secure PROD ", columns), true);
  assert.equal(matches({ name: "/prod/db" }, "prod dev", columns), false);
  assert.equal(matches({ name: "" }, "", columns), true);
});

test("rows are ranked by a column, equal ones alike, and again once a value changes", () => {
  const ranks = new Ranks<{ readonly name: string | undefined }>();
  const rows = ["web-10", "web-9", undefined, "web-9"].map((name) => ({ name }));
  const of = (items: typeof rows) => {
    const found = ranks.of(items, ({ name }) => name);
    return items.map((item) => found.get(item));
  };
  assert.deepEqual(of(rows), [1, 0, 2, 0]);
  assert.deepEqual(of(rows.map((row) => ({ ...row }))), [1, 0, 2, 0], "other rows of the same values");
  assert.deepEqual(of(rows.map(({ name }) => ({ name: name ?? "a" }))), [2, 1, 0, 1]);
});
