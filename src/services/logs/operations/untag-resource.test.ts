import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

const resourceArn = "arn:aws:logs:us-east-1:111122223333:log-group:/app";

testLogs("UntagResource removes tags", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app", tags: { a: "1", b: "2" } });
  await logs.untagResource({ resourceArn, tagKeys: ["a", "none"] });
  assert.deepEqual({ ...(await logs.listTagsForResource({ resourceArn })).tags }, { b: "2" });
});

testLogs("UntagResource refuses a group that is not there", async ({ logs }) => {
  await assertRefused(logs.untagResource({ resourceArn, tagKeys: ["a"] }), "ResourceNotFoundException");
});
