import assert from "node:assert/strict";
import { assertRefused, functionArn, testLogs } from "../logs.fixture.ts";

testLogs("DeleteSubscriptionFilter deletes a filter, and refuses one that is not there", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  const filter = { logGroupName: "/app", filterName: "a" };
  await assertRefused(
    logs.deleteSubscriptionFilter(filter),
    "ResourceNotFoundException",
    "The specified subscription filter does not exist.",
  );
  await logs.putSubscriptionFilter({ ...filter, filterPattern: "", destinationArn: functionArn });
  await logs.deleteSubscriptionFilter(filter);
  assert.deepEqual((await logs.describeSubscriptionFilters({ logGroupName: "/app" })).subscriptionFilters, []);
});
