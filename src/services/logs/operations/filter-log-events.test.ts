import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

const { logGroupName } = place;

testLogs("FilterLogEvents finds events in all streams, in the order of their time", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  await logs.createLogStream({ logGroupName, logStreamName: "web/2" });
  const timestamp = clock.now().getTime();
  await put(setting, "ERROR one", "fine", "ERROR three");
  await logs.putLogEvents({
    ...{ logGroupName, logStreamName: "web/2" },
    logEvents: [{ timestamp: timestamp - 1, message: "an ERROR between" }],
  });
  const { events, searchedLogStreams, nextToken } = await logs.filterLogEvents({
    logGroupName,
    filterPattern: "ERROR",
  });
  assert.deepEqual(
    events!.map(({ message, logStreamName }) => [message, logStreamName]),
    [
      ["ERROR one", "web/1"],
      ["an ERROR between", "web/2"],
      ["ERROR three", "web/1"],
    ],
  );
  assert.deepEqual([searchedLogStreams, nextToken], [[], undefined]);
  assert.equal(new Set(events!.map(({ eventId }) => eventId)).size, 3);
});

testLogs("FilterLogEvents looks in the streams and the times that are asked for", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  await logs.createLogStream({ logGroupName, logStreamName: "db" });
  await put(setting, "1", "2", "3");
  const timestamp = clock.now().getTime();
  await logs.putLogEvents({ logGroupName, logStreamName: "db", logEvents: [{ timestamp, message: "db" }] });
  const found = async (more: object) =>
    (await logs.filterLogEvents({ logGroupName, ...more })).events!.map(({ message }) => message);
  assert.deepEqual(await found({ logStreamNames: ["db"] }), ["db"]);
  assert.deepEqual(await found({ logStreamNamePrefix: "web/" }), ["1", "2", "3"]);
  assert.deepEqual(await found({ startTime: timestamp - 1, endTime: timestamp - 1 }), ["2"]);
  await assertRefused(found({ logStreamNames: ["none"] }), "ResourceNotFoundException");
  await assertRefused(found({ logStreamNames: ["db"], logStreamNamePrefix: "w" }), "InvalidParameterException");
});

testLogs("FilterLogEvents pages, and each event comes once", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  await put(setting, ...Array.from({ length: 25 }, (_, number) => `${number % 2 ? "odd" : "even"} ${number}`));
  await put(setting, "odd late");
  const seen: string[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await logs.filterLogEvents({
      ...{ logGroupName, filterPattern: "odd", limit: 5 },
      ...(nextToken && { nextToken }),
    });
    seen.push(...answer.events!.map(({ message }) => message!));
    nextToken = answer.nextToken;
  } while (nextToken);
  assert.equal(seen.length, 13);
  assert.equal(new Set(seen).size, 13);
});

testLogs("FilterLogEvents refuses a pattern that is not well-formed", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  await assertRefused(
    logs.filterLogEvents({ logGroupName, filterPattern: "{ $.a > x }" }),
    "InvalidParameterException",
    'Invalid filter pattern: ">" needs a number, not "x"',
  );
  await assertRefused(logs.filterLogEvents({ logGroupName: "other" }), "ResourceNotFoundException");
});

testLogs("FilterLogEvents searches megabytes of events on other threads, in the same order", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  const expected: string[] = [];
  for (let batch = 0; batch < 5; batch++) {
    await put(
      setting,
      ...Array.from({ length: 5_000 }, (_, number) => `ä line ${number} ${"x".repeat(120)}`),
      `${batch} ERROR`,
    );
    setting.clock.advance(10_000);
    expected.push(`${batch} ERROR`);
  }
  const found = async (filterPattern: string) => {
    const messages: string[] = [];
    for (let nextToken: string | undefined, first = true; first || nextToken !== undefined; first = false) {
      const page = await logs.filterLogEvents({ logGroupName, filterPattern, ...(nextToken && { nextToken }) });
      messages.push(...page.events!.map(({ message }) => message!));
      nextToken = page.nextToken;
    }
    return messages;
  };
  assert.deepEqual(await found("ERROR"), expected);
  assert.deepEqual(await found("%^[0-9] ERR%"), expected);
  assert.deepEqual(await found("absent"), []);
  await setting.database.db
    .updateTable("logs_batches")
    .set({ data: Buffer.from("changed") })
    .execute();
  await assert.rejects(logs.filterLogEvents({ logGroupName, filterPattern: "ERROR" }), /failed internally/);
});
