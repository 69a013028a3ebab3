import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

const resourceArn = "arn:aws:logs:us-east-1:111122223333:log-group:/app";

testLogs("ListTagsForResource shows the tags of a group", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  assert.deepEqual({ ...(await logs.listTagsForResource({ resourceArn })).tags }, {});
  await logs.tagResource({ resourceArn, tags: { a: "" } });
  assert.deepEqual({ ...(await logs.listTagsForResource({ resourceArn })).tags }, { a: "" });
});

testLogs("ListTagsForResource refuses a group that is not there", async ({ logs }) => {
  await assertRefused(logs.listTagsForResource({ resourceArn }), "ResourceNotFoundException");
  await assertRefused(logs.listTagsForResource({ resourceArn: "app" }), "InvalidParameterException");
});
