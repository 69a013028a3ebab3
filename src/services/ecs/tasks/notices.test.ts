import assert from "node:assert/strict";
import { test } from "node:test";
import { fileSystemNotices, noticeAttributes } from "./notices.ts";

test("a task whose volumes are file systems of EFS says what it has in their place", () => {
  const volumes = [
    { name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
    { name: "own" },
    { name: "more", efsVolumeConfiguration: { fileSystemId: "fs-2" } },
  ];
  const value =
    "In place of EFS, volumes of the task's machine are mounted as 'data' (fs-1), 'more' (fs-2). Only tasks on this machine share them.";
  assert.deepEqual(noticeAttributes(fileSystemNotices({ volumes })), [{ name: "sealift.notice.efs", value }]);
});

test("a task with other volumes says nothing", () => {
  assert.deepEqual(fileSystemNotices({ volumes: [{ name: "own" }] }), {});
  assert.deepEqual(fileSystemNotices({}), {});
});
