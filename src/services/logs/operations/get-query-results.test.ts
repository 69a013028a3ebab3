import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

testLogs(
  "GetQueryResults gives pages by tokens of their query, and access to it is that to the groups",
  async (setting) => {
    const { logs, clock, queries, asked } = setting;
    await makeStream(setting);
    await put(setting, "1", "2", "3");
    const endTime = Math.floor(clock.now().getTime() / 1000);
    const query = { startTime: endTime - 60, endTime, queryString: "fields @message" };
    const { queryId } = await logs.startQuery({ ...query, logGroupName: place.logGroupName });
    await queries.idle();
    asked.length = 0;
    const first = await logs.getQueryResults({ queryId, maxItems: 2 });
    assert.deepEqual(
      asked.map(({ action, resource }) => [action, resource]),
      [["logs:GetQueryResults", "arn:aws:logs:us-east-1:111122223333:log-group:/app:log-stream:"]],
    );
    assert.deepEqual([first.results!.length, first.queryLanguage, first.status], [2, "CWLI", "Complete"]);
    const second = await logs.getQueryResults({ queryId, nextToken: first.nextToken });
    assert.deepEqual(
      second.results!.map(([message]) => message!.value),
      ["1"],
    );
    assert.equal(second.nextToken, undefined);
    const other = await logs.startQuery({ ...query, logGroupName: place.logGroupName });
    await queries.idle();
    await assertRefused(
      logs.getQueryResults({ queryId: other.queryId, nextToken: first.nextToken }),
      "InvalidParameterException",
      "The specified nextToken is invalid.",
    );
  },
);

testLogs("GetQueryResults says that a query whose process is gone failed", async (setting) => {
  const { store, logs, clock } = setting;
  await makeStream(setting);
  const now = clock.now().getTime();
  await store.queries.insert({
    ...{ id: "q", account: "111122223333", region: "us-east-1", status: "Running", createdAt: now, touchedAt: now },
    statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0, logGroupsScanned: 1 },
    body: { queryString: "fields a", groups: [{ account: "111122223333", name: "/app" }], principal: "p" },
  });
  assert.equal((await logs.getQueryResults({ queryId: "q" })).status, "Running");
  clock.advance(61_000);
  assert.equal((await logs.getQueryResults({ queryId: "q" })).status, "Failed");
});

testLogs("GetQueryResults refuses a query that is not there", async (setting) => {
  await assertRefused(
    setting.logs.getQueryResults({ queryId: "other" }),
    "ResourceNotFoundException",
    "The specified query does not exist.",
  );
});

testLogs("The queries of last week are forgotten", async (setting) => {
  const { logs, clock, queries, tend } = setting;
  await makeStream(setting);
  const endTime = Math.floor(clock.now().getTime() / 1000);
  const query = { startTime: endTime - 60, endTime, queryString: "fields @message" };
  const { queryId } = await logs.startQuery({ ...query, logGroupName: place.logGroupName });
  await queries.idle();
  clock.advance(8 * 24 * 3_600_000);
  await tend();
  await assertRefused(logs.getQueryResults({ queryId }), "ResourceNotFoundException");
});
