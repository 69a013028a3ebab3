import assert from "node:assert/strict";
import { MalformedQueryException } from "@aws-sdk/client-cloudwatch-logs";
import { assertRefused, makeStream, place, put, type Setting, testLogs } from "../logs.fixture.ts";

/** A query over the last hour. */
function lastHour({ clock }: Pick<Setting, "clock">, queryString: string) {
  const endTime = Math.floor(clock.now().getTime() / 1000);
  return { startTime: endTime - 3600, endTime, queryString };
}

async function result(setting: Setting, queryString: string, more: object = { logGroupName: place.logGroupName }) {
  const { queryId } = await setting.logs.startQuery({ ...lastHour(setting, queryString), ...more });
  await setting.queries.idle();
  const { results, status, statistics } = await setting.logs.getQueryResults({ queryId });
  assert.equal(status, "Complete");
  const lines = results!.map((line) => line.filter(({ field }) => field !== "@ptr").map(({ value }) => value));
  return { lines, statistics: { ...statistics } };
}

testLogs("StartQuery finds events of a group, and counts them", async (setting) => {
  await makeStream(setting);
  await put(setting, '{"level":"error","ms":5}', '{"level":"info","ms":7}', "no JSON");
  const found = await result(setting, "fields level | filter ms > 1 | sort @timestamp desc | limit 20");
  assert.deepEqual(found.lines, [["info"], ["error"]]);
  assert.deepEqual(found.statistics, {
    ...{ recordsMatched: 2, recordsScanned: 3, bytesScanned: 54, logGroupsScanned: 1 },
    ...{ estimatedRecordsSkipped: 0, estimatedBytesSkipped: 0 },
  });
  assert.deepEqual((await result(setting, "stats sum(ms) by @logStream")).lines, [["web/1", "12"]]);
});

testLogs("StartQuery asks several groups, and gives the newest events of all of them", async (setting) => {
  await makeStream(setting);
  await put(setting, "one", "two");
  await setting.logs.createLogGroup({ logGroupName: "/other" });
  await setting.logs.createLogStream({ logGroupName: "/other", logStreamName: "s" });
  const timestamp = setting.clock.now().getTime();
  await setting.logs.putLogEvents({
    ...{ logGroupName: "/other", logStreamName: "s" },
    logEvents: [
      { timestamp: timestamp - 10, message: "zero" },
      { timestamp: timestamp + 1, message: "three" },
    ],
  });
  setting.clock.advance(1000);
  setting.asked.length = 0;
  const groups = { logGroupNames: ["/app", "/other"] };
  const { lines } = await result(setting, "fields @message, @log | limit 3", groups);
  assert.deepEqual(lines, [
    ["three", "111122223333:/other"],
    ["two", "111122223333:/app"],
    ["one", "111122223333:/app"],
  ]);
  assert.deepEqual((await result(setting, "stats count(*)", groups)).lines, [["4"]]);
  assert.deepEqual(
    setting.asked
      .filter(({ action }) => action === "logs:StartQuery")
      .map(({ resource }) => resource)
      .slice(0, 2),
    ["/app", "/other"].map((name) => `arn:aws:logs:us-east-1:111122223333:log-group:${name}:log-stream:`),
  );
});

testLogs("StartQuery looks only at the time that is asked for, and keeps to the limit", async (setting) => {
  await makeStream(setting);
  await put(setting, "early");
  setting.clock.advance(7_200_000);
  await put(setting, "late 1", "late 2");
  assert.deepEqual((await result(setting, "fields @message")).lines, [["late 2"], ["late 1"]]);
  const limited = await result(setting, "fields @message", { logGroupIdentifiers: ["/app"], limit: 1 });
  assert.deepEqual(limited.lines, [["late 2"]]);
});

testLogs("StartQuery says where a query is wrong", async (setting) => {
  await makeStream(setting);
  await assert.rejects(
    setting.logs.startQuery({ ...lastHour(setting, "fields a | pattern @message"), logGroupName: "/app" }),
    (error) => {
      assert.ok(error instanceof MalformedQueryException);
      assert.equal(error.message, 'The command "pattern" is not implemented by Sealift');
      assert.deepEqual({ ...error.queryCompileError!.location }, { startCharOffset: 11, endCharOffset: 18 });
      return true;
    },
  );
});

testLogs("StartQuery refuses other languages, groups that are not there, and times that are over", async (setting) => {
  const { logs, clock } = setting;
  const query = lastHour(setting, "fields @message");
  await assertRefused(
    logs.startQuery({ ...query, logGroupName: "/app" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
  await makeStream(setting);
  await assertRefused(logs.startQuery(query), "InvalidParameterException", /Exactly one of/);
  await assertRefused(
    logs.startQuery({ ...query, logGroupName: "/app", logGroupNames: ["/app"] }),
    "InvalidParameterException",
    /Exactly one of/,
  );
  await assertRefused(
    logs.startQuery({ ...query, logGroupName: "/app", queryLanguage: "SQL" }),
    "InvalidParameterException",
    "The query language SQL is not implemented by Sealift",
  );
  await assertRefused(
    logs.startQuery({ ...query, logGroupName: "/app", startTime: query.endTime + 1 }),
    "InvalidParameterException",
  );
  await logs.putRetentionPolicy({ logGroupName: "/app", retentionInDays: 1 });
  clock.advance(2 * 24 * 3_600_000);
  await assertRefused(
    logs.startQuery({ ...query, logGroupName: "/app" }),
    "MalformedQueryException",
    /^Query's end date and time/,
  );
});
