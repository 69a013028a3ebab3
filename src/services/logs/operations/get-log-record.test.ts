import assert from "node:assert/strict";
import { assertRefused, makeStream, put, testLogs } from "../logs.fixture.ts";

testLogs("GetLogRecord gives all fields of the event that @ptr points at", async (setting) => {
  const { logs, clock, queries, asked } = setting;
  await makeStream(setting);
  await put(setting, "before", '{"a":{"b":[1,true]},"c":null}', "after");
  const endTime = Math.floor(clock.now().getTime() / 1000);
  const query = { startTime: endTime - 60, endTime, queryString: "filter a.b.0 = 1", logGroupName: "/app" };
  const { queryId } = await logs.startQuery(query);
  await queries.idle();
  const [line] = (await logs.getQueryResults({ queryId })).results!;
  const logRecordPointer = line!.find(({ field }) => field === "@ptr")!.value!;
  asked.length = 0;
  const { logRecord } = await logs.getLogRecord({ logRecordPointer, unmask: true });
  const now = clock.now().getTime();
  assert.deepEqual(
    { ...logRecord },
    {
      ...{ "a.b.0": "1", "a.b.1": "1" },
      ...{ "@timestamp": String(now - 1), "@ingestionTime": String(now), "@message": '{"a":{"b":[1,true]},"c":null}' },
      ...{ "@logStream": "web/1", "@log": "111122223333:/app" },
    },
  );
  assert.deepEqual(
    asked.map(({ action }) => action),
    ["logs:GetLogRecord", "logs:Unmask"],
  );
});

testLogs("GetLogRecord refuses what is no pointer, and one to an event that is gone", async (setting) => {
  const { logs, clock, queries } = setting;
  await assertRefused(logs.getLogRecord({ logRecordPointer: "abc" }), "InvalidParameterException");
  await makeStream(setting);
  await put(setting, "1");
  const endTime = Math.floor(clock.now().getTime() / 1000);
  const query = { startTime: endTime - 60, endTime, queryString: "fields @ptr", logGroupName: "/app" };
  const { queryId } = await logs.startQuery(query);
  await queries.idle();
  const logRecordPointer = (await logs.getQueryResults({ queryId })).results![0]![0]!.value!;
  await logs.getLogRecord({ logRecordPointer });
  await logs.deleteLogStream({ logGroupName: "/app", logStreamName: "web/1" });
  await assertRefused(logs.getLogRecord({ logRecordPointer }), "ResourceNotFoundException");
});
