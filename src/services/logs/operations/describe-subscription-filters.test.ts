import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("DescribeSubscriptionFilters shows none", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  assert.deepEqual((await logs.describeSubscriptionFilters({ logGroupName: "/app" })).subscriptionFilters, []);
});

testLogs("DescribeSubscriptionFilters refuses a group that is not there", async ({ logs }) => {
  await assertRefused(
    logs.describeSubscriptionFilters({ logGroupName: "other" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});
