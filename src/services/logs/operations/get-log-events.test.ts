import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

testLogs("GetLogEvents pages forwards until the token no longer changes", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  await put(setting, "1", "2", "3", "4", "5");
  const seen: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < 10; page++) {
    const answer = await logs.getLogEvents({
      ...place,
      startFromHead: true,
      limit: 2,
      ...(nextToken && { nextToken }),
    });
    seen.push(...answer.events!.map(({ message }) => message!));
    if (answer.nextForwardToken === nextToken) break;
    nextToken = answer.nextForwardToken;
  }
  assert.deepEqual(seen, ["1", "2", "3", "4", "5"]);
  await put(setting, "5");
  assert.deepEqual((await logs.getLogEvents({ ...place, nextToken: nextToken! })).events?.length, 1);
});

testLogs("GetLogEvents shows the newest events unless asked otherwise, and pages backwards", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  await put(setting, "1", "2", "3", "4", "5");
  const last = await logs.getLogEvents({ ...place, limit: 2 });
  const messages = ({ events }: typeof last) => events!.map(({ message }) => message);
  assert.deepEqual(messages(last), ["4", "5"]);
  const before = await logs.getLogEvents({ ...place, limit: 2, nextToken: last.nextBackwardToken! });
  assert.deepEqual(messages(before), ["2", "3"]);
  const first = await logs.getLogEvents({ ...place, limit: 2, nextToken: before.nextBackwardToken! });
  assert.deepEqual(messages(first), ["1"]);
  const none = await logs.getLogEvents({ ...place, limit: 2, nextToken: first.nextBackwardToken! });
  assert.deepEqual([messages(none), none.nextBackwardToken], [[], first.nextBackwardToken]);
});

testLogs("GetLogEvents leads back from either end over all that was read", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  await put(setting, "1", "2", "3");
  const read = async (nextToken?: string) => {
    const { events, nextForwardToken, nextBackwardToken } = await logs.getLogEvents({
      ...place,
      ...(nextToken === undefined ? { startFromHead: true } : { nextToken }),
    });
    return { messages: events!.map(({ message }) => message), ahead: nextForwardToken!, back: nextBackwardToken! };
  };
  const all = await read();
  const end = await read(all.ahead);
  assert.deepEqual([end.messages, end.ahead], [[], all.ahead]);
  assert.deepEqual((await read(end.back)).messages, ["1", "2", "3"]);
  const start = await read(all.back);
  assert.deepEqual([start.messages, start.back], [[], all.back]);
  assert.deepEqual((await read(start.ahead)).messages, ["1", "2", "3"]);
});

testLogs("GetLogEvents takes the start time and leaves out the end time", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  await put(setting, "1", "2", "3");
  const now = clock.now().getTime();
  const { events } = await logs.getLogEvents({ ...place, startTime: now - 1, endTime: now });
  assert.deepEqual(
    events!.map(({ message }) => message),
    ["2"],
  );
});

testLogs(
  "GetLogEvents merges requests whose times overlap, and keeps the order after they were put together",
  async (setting) => {
    const { logs, clock, store, tend } = setting;
    await makeStream(setting);
    const now = clock.now().getTime();
    for (let batch = 0; batch < 10; batch++) {
      const logEvents = [0, 10, 20].map((time) => ({
        timestamp: now - 100 + time + batch,
        message: `${time + batch}`,
      }));
      await logs.putLogEvents({ ...place, logEvents });
    }
    const read = async () => {
      const { events } = await logs.getLogEvents({ ...place, startFromHead: true });
      return events!.map(({ message }) => Number(message));
    };
    const expected = Array.from({ length: 30 }, (_, number) => number);
    assert.deepEqual(await read(), expected);
    const { events: middle, nextForwardToken } = await logs.getLogEvents({ ...place, startFromHead: true, limit: 15 });
    assert.equal(middle!.length, 15);
    clock.advance(120_000);
    await tend();
    const group = await store.groups.find({ account: "111122223333", region: "us-east-1" }, "/app");
    const range = { groupId: group!.id, streamIds: undefined, from: 0, to: Number.MAX_SAFE_INTEGER };
    assert.equal((await store.batches.list(range, false, undefined, 100)).length, 1);
    assert.deepEqual(await read(), expected);
    const { events } = await logs.getLogEvents({ ...place, nextToken: nextForwardToken! });
    assert.deepEqual(
      events!.map(({ message }) => Number(message)),
      expected.slice(15),
    );
  },
);

testLogs("GetLogEvents refuses a token that is none, and a stream that is not there", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  await assertRefused(
    logs.getLogEvents({ ...place, nextToken: "f/1/s" }),
    "InvalidParameterException",
    "The specified nextToken is invalid.",
  );
  await assertRefused(
    logs.getLogEvents({ ...place, logStreamName: "other" }),
    "ResourceNotFoundException",
    "The specified log stream does not exist.",
  );
});

testLogs("GetLogEvents finds a group by its ARN, and not another region's", async (setting) => {
  const { logs, logsIn } = setting;
  await makeStream(setting);
  await put(setting, "1");
  const arn = "arn:aws:logs:us-east-1:111122223333:log-group:/app";
  const { events } = await logs.getLogEvents({ logGroupIdentifier: arn, logStreamName: place.logStreamName });
  assert.equal(events?.length, 1);
  await assertRefused(logsIn("eu-west-1").getLogEvents(place), "ResourceNotFoundException");
});
