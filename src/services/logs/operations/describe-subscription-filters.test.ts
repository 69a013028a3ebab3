import assert from "node:assert/strict";
import { assertRefused, functionArn, testLogs } from "../logs.fixture.ts";

testLogs("DescribeSubscriptionFilters shows a group's filters by name, in pages", async ({ logs, clock }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  const group = { logGroupName: "/app" };
  assert.deepEqual((await logs.describeSubscriptionFilters(group)).subscriptionFilters, []);
  const filter = { ...group, filterPattern: "ERROR", destinationArn: functionArn };
  await logs.putSubscriptionFilter({ ...filter, filterName: "b" });
  await logs.putSubscriptionFilter({ ...filter, filterName: "a" });
  const first = await logs.describeSubscriptionFilters({ ...group, limit: 1 });
  assert.deepEqual(JSON.parse(JSON.stringify(first.subscriptionFilters)), [
    {
      ...filter,
      ...{ filterName: "a", distribution: "ByLogStream", applyOnTransformedLogs: false },
      creationTime: clock.now().getTime(),
    },
  ]);
  const names = async (more: object) =>
    (await logs.describeSubscriptionFilters({ ...group, ...more })).subscriptionFilters!.map((one) => one.filterName);
  assert.deepEqual(await names({ nextToken: first.nextToken }), ["b"]);
  assert.deepEqual(await names({ filterNamePrefix: "b" }), ["b"]);
});

testLogs("DescribeSubscriptionFilters refuses a group that is not there", async ({ logs }) => {
  await assertRefused(
    logs.describeSubscriptionFilters({ logGroupName: "other" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});
