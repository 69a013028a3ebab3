import assert from "node:assert/strict";
import { assertRefused, place, testLogs } from "../logs.fixture.ts";

const { logGroupName } = place;

testLogs("DeleteRetentionPolicy keeps events for good again", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName });
  await logs.putRetentionPolicy({ logGroupName, retentionInDays: 1 });
  await logs.deleteRetentionPolicy({ logGroupName });
  const [group] = (await logs.describeLogGroups({})).logGroups!;
  assert.equal(group!.retentionInDays, undefined);
  await assertRefused(
    logs.deleteRetentionPolicy({ logGroupName: "other" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});
