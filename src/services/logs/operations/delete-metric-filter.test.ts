import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

const filter = { logGroupName: "/app", filterName: "errors" };

testLogs("DeleteMetricFilter removes a filter, once", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  const metricTransformations = [{ metricName: "errors", metricNamespace: "app", metricValue: "1", defaultValue: 0.5 }];
  await logs.putMetricFilter({ ...filter, filterPattern: "", metricTransformations });
  await logs.deleteMetricFilter(filter);
  assert.deepEqual((await logs.describeMetricFilters({})).metricFilters, []);
  await assertRefused(
    logs.deleteMetricFilter(filter),
    "ResourceNotFoundException",
    "The specified metric filter does not exist.",
  );
});
