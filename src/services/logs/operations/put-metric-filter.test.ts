import assert from "node:assert/strict";
import { assertRefused, functionArn, testLogs } from "../logs.fixture.ts";

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

testLogs("PutMetricFilter refuses values and dimensions that are no fields of the pattern", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  const send = (filterPattern: string, transformation: object) => {
    const metricTransformations = [
      { metricName: "errors", metricNamespace: "app", metricValue: "1", ...transformation },
    ];
    return logs.putMetricFilter({ ...filter, filterPattern, metricTransformations });
  };
  const refused = (filterPattern: string, transformation: object) =>
    assertRefused(send(filterPattern, transformation), "InvalidParameterException", /^Invalid metric transformation: /);
  const json = "{ $.level = error }";
  await refused("ERROR", { metricValue: "many" });
  await refused("ERROR", { metricValue: "$.latency" });
  await refused("ERROR", { dimensions: { Level: "$.level" } });
  await refused(json, { dimensions: { Level: "level" } });
  await refused(json, { dimensions: { Level: "$.level" }, defaultValue: 0 });
  await refused(json, { dimensions: { A: "$.a", B: "$.b", C: "$.c", D: "$.d" } });
  await send(json, { metricValue: "$.latency", dimensions: { A: "$.a", B: "$.b", C: "$.c" } });
  await send("[ip, ..., bytes]", { metricValue: "$bytes", dimensions: { Ip: "$ip" } });
});

testLogs("A log group has five filters with regular expressions, of metrics and subscriptions", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: "/app" });
  const put = (filterName: string, filterPattern: string) =>
    logs.putMetricFilter({ ...filter, filterName, filterPattern });
  const subscription = { logGroupName: "/app", filterName: "own", destinationArn: functionArn };
  await logs.putSubscriptionFilter({ ...subscription, filterPattern: "%a%" });
  for (const name of ["1", "2", "3", "4"]) await put(name, "%a%");
  await assertRefused(put("5", "[a = %a%]"), "LimitExceededException", "Resource limit exceeded.");
  await put("5", "a");
  await put("4", "%b%");
  await logs.putSubscriptionFilter({ ...subscription, filterPattern: "%b%" });
  await put("3", "a");
  await put("5", "{ $.a = %a% }");
  await assertRefused(
    logs.putSubscriptionFilter({ ...subscription, filterName: "other", filterPattern: "%a%" }),
    "LimitExceededException",
  );
});
