import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("TagLogGroup works by the name of a group", async ({ logs }) => {
  const logGroupName = "/app";
  await logs.createLogGroup({ logGroupName, tags: { a: "1" } });
  await logs.tagLogGroup({ logGroupName, tags: { b: "2" } });
  await logs.untagLogGroup({ logGroupName, tags: ["a"] });
  assert.deepEqual({ ...(await logs.listTagsLogGroup({ logGroupName })).tags }, { b: "2" });
});

testLogs("TagLogGroup refuses a group that is not there", async ({ logs }) => {
  await assertRefused(
    logs.tagLogGroup({ logGroupName: "other", tags: { a: "1" } }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});
