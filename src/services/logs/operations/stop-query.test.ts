import assert from "node:assert/strict";
import { assertRefused, makeStream, put, testLogs } from "../logs.fixture.ts";

testLogs("StopQuery stops a query that runs", async (setting) => {
  const { store, logs, clock } = setting;
  await makeStream(setting);
  const now = clock.now().getTime();
  await store.queries.insert({
    ...{ id: "q", account: "111122223333", region: "us-east-1", status: "Running", createdAt: now, touchedAt: now },
    statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0, logGroupsScanned: 1 },
    body: { queryString: "fields a", groups: [{ account: "111122223333", name: "/app" }], principal: "p" },
  });
  assert.equal((await logs.stopQuery({ queryId: "q" })).success, true);
  assert.equal((await logs.getQueryResults({ queryId: "q" })).status, "Cancelled");
});

testLogs("StopQuery ends the work on a query, which gives no results then", async (setting) => {
  const { logs, clock, queries } = setting;
  await makeStream(setting);
  await put(setting, "1");
  const endTime = Math.floor(clock.now().getTime() / 1000);
  const query = { startTime: endTime - 60, endTime, queryString: "fields @message", logGroupName: "/app" };
  // Two run at a time, so that the third one waits.
  const started = await Promise.all([logs.startQuery(query), logs.startQuery(query), logs.startQuery(query)]);
  const outcomes = await Promise.allSettled(started.map(({ queryId }) => logs.stopQuery({ queryId })));
  await queries.idle();
  for (const [index, { queryId }] of started.entries()) {
    const { status, results } = await logs.getQueryResults({ queryId });
    const isStopped = outcomes[index]!.status === "fulfilled";
    assert.deepEqual([status, results!.length], isStopped ? ["Cancelled", 0] : ["Complete", 1]);
  }
});

testLogs("StopQuery refuses a query that has ended, or is not there", async (setting) => {
  const { logs, clock, queries } = setting;
  await makeStream(setting);
  const endTime = Math.floor(clock.now().getTime() / 1000);
  const query = { startTime: endTime - 60, endTime, queryString: "fields @message", logGroupName: "/app" };
  const { queryId } = await logs.startQuery(query);
  await queries.idle();
  await assertRefused(logs.stopQuery({ queryId }), "InvalidParameterException", "The specified query is not running.");
  await assertRefused(logs.stopQuery({ queryId: "other" }), "ResourceNotFoundException");
});
