import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

const day = 24 * 60 * 60 * 1000;

testLogs("PutLogEvents keeps events in their order, and takes any sequence token", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  const timestamp = clock.now().getTime();
  const logEvents = ["one", "two", "drei ä €"].map((message) => ({ timestamp, message }));
  const { nextSequenceToken, rejectedLogEventsInfo } = await logs.putLogEvents({ ...place, logEvents });
  assert.match(nextSequenceToken!, /^\d{56}$/);
  assert.equal(rejectedLogEventsInfo, undefined);
  await logs.putLogEvents({ ...place, logEvents: [{ timestamp, message: "four" }], sequenceToken: "wrong" });
  const { events } = await logs.getLogEvents({ ...place, startFromHead: true });
  assert.deepEqual(
    events!.map(({ message }) => message),
    ["one", "two", "drei ä €", "four"],
  );
  assert.deepEqual({ ...events![0] }, { timestamp, message: "one", ingestionTime: timestamp });
});

testLogs("PutLogEvents leaves out what is too old, too new or expired, and says which", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  const now = clock.now().getTime();
  const at = (...times: number[]) => times.map((time) => ({ timestamp: now + time, message: `${time}` }));
  const putAt = async (...times: number[]) =>
    (await logs.putLogEvents({ ...place, logEvents: at(...times) })).rejectedLogEventsInfo;
  assert.deepEqual({ ...(await putAt(-14 * day - 2, -14 * day - 1, -14 * day)) }, { tooOldLogEventEndIndex: 2 });
  assert.deepEqual({ ...(await putAt(0, 7_200_000, 7_200_001, 7_200_002)) }, { tooNewLogEventStartIndex: 2 });
  await logs.putRetentionPolicy({ logGroupName: place.logGroupName, retentionInDays: 3 });
  assert.deepEqual({ ...(await putAt(-3 * day - 1, -3 * day)) }, { expiredLogEventEndIndex: 1 });
  const { events } = await logs.getLogEvents({ ...place, startFromHead: true });
  assert.deepEqual(
    events!.map(({ message }) => message),
    [`${-3 * day}`, "0", "7200000"],
  );
});

testLogs("PutLogEvents keeps events of a group of the class DELIVERY for a day", async ({ logs, clock }) => {
  const at = { logGroupName: "/delivery", logStreamName: "s" };
  await logs.createLogGroup({ logGroupName: at.logGroupName, logGroupClass: "DELIVERY" });
  await logs.createLogStream(at);
  const now = clock.now().getTime();
  const logEvents = [now - day - 1, now - day].map((timestamp) => ({ timestamp, message: "a" }));
  await assertRefused(
    logs.putLogEvents({ ...at, logEvents: [...logEvents, { timestamp: now, message: "a" }] }),
    "InvalidParameterException",
    /24 hours/,
  );
  const { rejectedLogEventsInfo } = await logs.putLogEvents({ ...at, logEvents });
  assert.deepEqual({ ...rejectedLogEventsInfo }, { expiredLogEventEndIndex: 1 });
});

testLogs("PutLogEvents refuses requests that are out of order, too long or too large", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  const now = clock.now().getTime();
  const send = (...logEvents: { timestamp: number; message: string }[]) => logs.putLogEvents({ ...place, logEvents });
  await assertRefused(
    send({ timestamp: now, message: "a" }, { timestamp: now - 1, message: "b" }),
    "InvalidParameterException",
    "Log events in a single PutLogEvents request must be in chronological order.",
  );
  await assertRefused(
    send({ timestamp: now - day - 1, message: "a" }, { timestamp: now, message: "b" }),
    "InvalidParameterException",
    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
  );
  await assertRefused(
    send({ timestamp: now, message: "a".repeat(1_048_576 - 25) }),
    "InvalidParameterException",
    "Upload too large: 1048577 bytes exceeds limit of 1048576",
  );
  await send({ timestamp: now, message: "a".repeat(1_048_576 - 26) });
  await assertRefused(send(), "InvalidParameterException", /logEvents/);
  await assertRefused(
    send(...Array.from({ length: 10_001 }, () => ({ timestamp: now, message: "a" }))),
    "InvalidParameterException",
    /logEvents/,
  );
  await send(...Array.from({ length: 10_000 }, () => ({ timestamp: now, message: "a" })));
});

testLogs("PutLogEvents refuses a group or stream that is not there", async (setting) => {
  const { logs, clock } = setting;
  await logs.createLogGroup({ logGroupName: "/app" });
  const logEvents = [{ timestamp: clock.now().getTime(), message: "a" }];
  await assertRefused(
    logs.putLogEvents({ ...place, logEvents }),
    "ResourceNotFoundException",
    "The specified log stream does not exist.",
  );
  await assertRefused(
    logs.putLogEvents({ ...place, logGroupName: "other", logEvents }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});

testLogs("PutLogEvents keeps events though nothing relates them to an entity, and says so", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  const logEvents = [{ timestamp: clock.now().getTime(), message: "a" }];
  const entity = { keyAttributes: { Type: "Service", Name: "a", Environment: "b" } };
  const { rejectedEntityInfo } = await logs.putLogEvents({ ...place, logEvents, entity });
  assert.equal(rejectedEntityInfo?.errorType, "InvalidEntity");
  assert.equal((await logs.getLogEvents(place)).events?.length, 1);
});

testLogs("Neither a message nor a data key stands in the database as it is", async (setting) => {
  await makeStream(setting);
  await put(setting, "canary-message-4711");
  const [batch] = await setting.database.db.selectFrom("logs_batches").selectAll().execute();
  const [key] = await setting.database.db.selectFrom("logs_keys").selectAll().execute();
  assert.ok(!Buffer.from(batch!.data).includes("canary"));
  assert.ok(key!.sealed!.length > 32);
});

testLogs("PutLogEvents takes a gzipped body, and refuses one that is none", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  let zip: (body: string) => Uint8Array = gzipSync;
  logs.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: string | Uint8Array; headers: Record<string, string> };
      request.body = zip(request.body as string);
      request.headers["content-encoding"] = "gzip";
      return next(args);
    },
    { step: "build", priority: "low", name: "gzip" },
  );
  const logEvents = [{ timestamp: clock.now().getTime(), message: "zipped" }];
  await logs.putLogEvents({ ...place, logEvents });
  zip = (body) => Buffer.from(body);
  await assertRefused(logs.putLogEvents({ ...place, logEvents }), "SerializationException");
  logs.middlewareStack.remove("gzip");
  assert.equal((await logs.getLogEvents(place)).events?.length, 1);
});

testLogs(
  "PutLogEvents keeps the events of a call once that an SDK sends again as it got no answer",
  async (setting) => {
    const { logs, clock } = setting;
    await makeStream(setting);
    logs.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers["amz-sdk-invocation-id"] = "one";
        return next(args);
      },
      { step: "finalizeRequest", priority: "low", name: "same" },
    );
    const send = (message: string, logStreamName = place.logStreamName as string) =>
      logs.putLogEvents({ ...place, logStreamName, logEvents: [{ timestamp: clock.now().getTime(), message }] });
    await Promise.all([send("a"), send("a")]);
    await send("a");
    await send("b");
    await logs.createLogStream({ ...place, logStreamName: "other" });
    await send("a", "other");
    const { events } = await logs.filterLogEvents({ logGroupName: place.logGroupName });
    assert.deepEqual(events!.map(({ message, logStreamName }) => `${logStreamName} ${message}`).sort(), [
      ...["other a", "web/1 a", "web/1 b"],
    ]);
  },
);

testLogs(
  "PutLogEvents knows a repeated call of Docker's older drivers by its sequence token and events",
  async (setting) => {
    const { logs, clock } = setting;
    await makeStream(setting);
    const headers: Record<string, string> = { "user-agent": "Docker 20.10.24 (linux) aws-sdk-go/1.44.133" };
    logs.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string> };
        delete request.headers["amz-sdk-invocation-id"];
        Object.assign(request.headers, headers);
        return next(args);
      },
      { step: "finalizeRequest", priority: "low", name: "older" },
    );
    const logEvents = [{ timestamp: clock.now().getTime(), message: "a" }];
    const first = await logs.putLogEvents({ ...place, logEvents });
    await logs.putLogEvents({ ...place, logEvents });
    for (let time = 0; time < 2; time++) {
      await logs.putLogEvents({ ...place, logEvents, sequenceToken: first.nextSequenceToken });
    }
    assert.equal((await logs.getLogEvents(place)).events!.length, 2);
    headers["user-agent"] = "mine";
    for (let time = 0; time < 2; time++) await logs.putLogEvents({ ...place, logEvents });
    assert.equal((await logs.getLogEvents(place)).events!.length, 4);
  },
);
