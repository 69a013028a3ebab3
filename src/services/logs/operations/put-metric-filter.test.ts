import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

const filter = {
  logGroupName: "/app",
  filterName: "errors",
  filterPattern: "ERROR",
  metricTransformations: [{ metricName: "errors", metricNamespace: "app", metricValue: "1", defaultValue: 0.5 }],
};

testLogs("PutMetricFilter keeps a filter, and replaces it", async ({ logs, clock }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  await logs.putMetricFilter(filter);
  await logs.putMetricFilter({ ...filter, filterPattern: "WARN" });
  const { metricFilters } = await logs.describeMetricFilters({ logGroupName: "/app" });
  assert.deepEqual(JSON.parse(JSON.stringify(metricFilters)), [
    { ...filter, filterPattern: "WARN", creationTime: clock.now().getTime(), applyOnTransformedLogs: false },
  ]);
  const [group] = (await logs.describeLogGroups({})).logGroups!;
  assert.equal(group!.metricFilterCount, 1);
});

testLogs("PutMetricFilter refuses bad patterns, what is not here, and a group that is not there", async ({ logs }) => {
  await assertRefused(
    logs.putMetricFilter(filter),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
  await logs.createLogGroup({ logGroupName: "/app" });
  await assertRefused(logs.putMetricFilter({ ...filter, filterPattern: "{" }), "InvalidParameterException");
  await assertRefused(logs.putMetricFilter({ ...filter, applyOnTransformedLogs: true }), "InvalidParameterException");
});
