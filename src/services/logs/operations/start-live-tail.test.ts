import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, type Setting, testLogs } from "../logs.fixture.ts";

const arn = "arn:aws:logs:us-east-1:111122223333:log-group:/app";

/** The stream of a session, which has begun. */
async function start({ logs }: Setting, more: object = {}) {
  const { responseStream } = await logs.startLiveTail({ logGroupIdentifiers: [arn], ...more });
  const events = responseStream![Symbol.asyncIterator]();
  const { value } = await events.next();
  assert.deepEqual([...value.sessionStart.logGroupIdentifiers], [arn]);
  return events;
}

/** The next update, a second later. */
async function update({ timers, clock }: Setting, events: AsyncIterator<{ sessionUpdate?: unknown }>) {
  const next = events.next();
  const ticking = setInterval(() => {
    if (timers.pending().length === 0) return;
    clock.advance(1000);
    timers.advance(1000);
  }, 5);
  const { value } = await next;
  clearInterval(ticking);
  const { sessionMetadata, sessionResults } = value.sessionUpdate as {
    sessionMetadata: { sampled: boolean };
    sessionResults: { message: string; logStreamName: string; logGroupIdentifier: string }[];
  };
  return { sampled: sessionMetadata.sampled, results: sessionResults };
}

testLogs("StartLiveTail shows what comes from then on, and what matches", async (setting) => {
  await makeStream(setting);
  await put(setting, "ERROR before");
  const events = await start(setting, { logEventFilterPattern: "ERROR" });
  await update(setting, events);
  await put(setting, "fine", "ERROR after");
  const { sampled, results } = await update(setting, events);
  assert.deepEqual(
    results.map(({ message, logStreamName, logGroupIdentifier }) => [message, logStreamName, logGroupIdentifier]),
    [["ERROR after", place.logStreamName, arn]],
  );
  assert.equal(sampled, false);
  assert.deepEqual((await update(setting, events)).results, []);
  await events.return?.();
});

testLogs("StartLiveTail refuses a group that is not there, a bad pattern, and names with prefixes", async (setting) => {
  const { logs } = setting;
  const send = (more: object = {}) => logs.startLiveTail({ logGroupIdentifiers: [arn], ...more });
  await assertRefused(send(), "ResourceNotFoundException", "The specified log group does not exist.");
  await makeStream(setting);
  await assertRefused(
    send({ logEventFilterPattern: '""' }),
    "InvalidParameterException",
    `Invalid filter pattern: Invalid character(s) in term '""'`,
  );
  await assertRefused(send({ logStreamNames: ["a"], logStreamNamePrefixes: ["b"] }), "InvalidParameterException");
});
