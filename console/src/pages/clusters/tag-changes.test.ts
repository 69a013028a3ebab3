import assert from "node:assert/strict";
import { test } from "node:test";
import { isReserved, tagChanges } from "./tag-changes.ts";

test("tagChanges sets what is new or other, and removes what is gone", () => {
  const before = [
    { key: "team", value: "web" },
    { key: "old", value: "" },
    { key: "kept", value: "1" },
  ];
  const after = [
    { key: "team", value: "shop" },
    { key: "kept", value: "1" },
    { key: "new", value: "" },
    { key: "", value: "lost" },
  ];
  assert.deepEqual(tagChanges(before, after), {
    set: [
      { key: "team", value: "shop" },
      { key: "new", value: "" },
    ],
    removed: ["old"],
  });
});

test("isReserved knows AWS's own tags", () => {
  assert.deepEqual(
    [isReserved({ key: "aws:ecs:clusterName", value: "" }), isReserved({ key: "awsome", value: "" })],
    [true, false],
  );
});
