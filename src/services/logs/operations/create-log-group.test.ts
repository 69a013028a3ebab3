import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("CreateLogGroup makes a group with its tags, and asks whether it may tag", async ({ logs, asked }) => {
  await logs.createLogGroup({ logGroupName: "/app", tags: { team: "a" }, logGroupClass: "INFREQUENT_ACCESS" });
  const resource = "arn:aws:logs:us-east-1:111122223333:log-group:/app:log-stream:";
  const conditions = { "aws:RequestTag/team": "a", "aws:TagKeys": ["team"], "aws:ResourceTag/team": "a" };
  assert.deepEqual(asked, [
    { action: "logs:CreateLogGroup", resource, conditions },
    { action: "logs:TagResource", resource, conditions },
  ]);
  const { logGroups } = await logs.describeLogGroups({});
  assert.deepEqual(
    logGroups!.map(({ logGroupName, logGroupClass }) => [logGroupName, logGroupClass]),
    [["/app", "INFREQUENT_ACCESS"]],
  );
});

testLogs("CreateLogGroup refuses a name that is taken or that is none, and AWS's own tags", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  await assertRefused(
    logs.createLogGroup({ logGroupName: "/app" }),
    "ResourceAlreadyExistsException",
    "The specified log group already exists",
  );
  await assertRefused(
    logs.createLogGroup({ logGroupName: "a b" }),
    "InvalidParameterException",
    "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
  );
  await assertRefused(logs.createLogGroup({ logGroupName: "b", tags: { "aws:a": "b" } }), "InvalidParameterException");
});
