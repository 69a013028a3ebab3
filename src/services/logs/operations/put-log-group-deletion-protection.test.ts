import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("PutLogGroupDeletionProtection keeps a group from being deleted until it is off", async ({ logs }) => {
  const logGroupName = "/app";
  await logs.createLogGroup({ logGroupName });
  await logs.putLogGroupDeletionProtection({ logGroupIdentifier: logGroupName, deletionProtectionEnabled: true });
  await assertRefused(logs.deleteLogGroup({ logGroupName }), "ValidationException");
  await logs.putLogGroupDeletionProtection({ logGroupIdentifier: logGroupName, deletionProtectionEnabled: false });
  await logs.deleteLogGroup({ logGroupName });
  assert.deepEqual((await logs.describeLogGroups({})).logGroups, []);
});

testLogs("PutLogGroupDeletionProtection refuses a group that is not there", async ({ logs }) => {
  const input = { logGroupIdentifier: "other", deletionProtectionEnabled: true };
  await assertRefused(
    logs.putLogGroupDeletionProtection(input),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});
