import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("DescribeMetricFilters finds by group, prefix and metric, and pages", async ({ logs }) => {
  for (const [logGroupName, filterName, metricName] of [
    ["/a", "one", "m"],
    ["/a", "two", "n"],
    ["/b", "one", "m"],
  ] as const) {
    await logs.createLogGroup({ logGroupName }).catch(() => {});
    const metricTransformations = [{ metricName, metricNamespace: "app", metricValue: "1" }];
    await logs.putMetricFilter({ logGroupName, filterName, filterPattern: "", metricTransformations });
  }
  const found = async (input: object) =>
    (await logs.describeMetricFilters(input)).metricFilters!.map((one) => `${one.logGroupName} ${one.filterName}`);
  assert.deepEqual(await found({ logGroupName: "/a" }), ["/a one", "/a two"]);
  assert.deepEqual(await found({ filterNamePrefix: "o" }), ["/a one", "/b one"]);
  assert.deepEqual(await found({ metricName: "n", metricNamespace: "app" }), ["/a two"]);
  // By the names of filters, whatever their groups are.
  const { nextToken } = await logs.describeMetricFilters({ limit: 2 });
  assert.deepEqual(await found({ limit: 2 }), ["/a one", "/b one"]);
  assert.deepEqual(await found({ limit: 2, nextToken }), ["/a two"]);
});

testLogs(
  "DescribeMetricFilters refuses a metric without its namespace, and a group that is not there",
  async ({ logs }) => {
    await assertRefused(logs.describeMetricFilters({ metricName: "a" }), "InvalidParameterException");
    await assertRefused(
      logs.describeMetricFilters({ logGroupName: "other" }),
      "ResourceNotFoundException",
      "The specified log group does not exist.",
    );
  },
);
