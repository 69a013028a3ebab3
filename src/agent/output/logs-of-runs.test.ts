import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers } from "../../concurrency/timers.ts";
import type { LogLine, Logs } from "../../runtime/logs.ts";
import { logsOfRuns } from "./logs-of-runs.ts";

const line = (message: string, second: number): LogLine => ({
  ...{ source: "stdout", time: `2026-01-01T00:00:0${second}Z`, data: Buffer.from(message), partial: false },
});

/** A container's log as a runtime follows it: to the end of the run that is under way, which is none before the first. */
function world() {
  const written: LogLine[] = [];
  const asked: (string | undefined)[] = [];
  let isOver = false;
  const logs: Logs = {
    async *read(_id, { since = "" } = {}) {
      asked.push(since);
      yield* written.filter(({ time }) => time >= since);
    },
  };
  const timers = fakeTimers();
  const turn = async (...lines: readonly LogLine[]) => {
    for (let count = 0; count < 10; count++) await new Promise(setImmediate);
    written.push(...lines);
    timers.advance(250);
  };
  const end = () => {
    isOver = true;
  };
  return { asked, written, turn, end, reading: logsOfRuns(logs, () => isOver, timers) };
}

async function textsOf(lines: AsyncIterable<LogLine>): Promise<readonly string[]> {
  return (await Array.fromAsync(lines)).map(({ data }) => String(data));
}

test("a container is followed from before its start over all of its runs, and no line comes twice", async () => {
  const { turn, end, reading } = world();
  const texts = textsOf(reading.read("id", { follow: true }));
  await turn();
  await turn(line("first", 1), line("run", 1));
  await turn();
  await turn(line("second", 2));
  end();
  await turn();
  assert.deepEqual(await texts, ["first", "run", "second"]);
});

test("who does not follow gets what there is", async () => {
  const { written, asked, reading } = world();
  assert.deepEqual(await textsOf(reading.read("id")), []);
  written.push(line("first", 1), line("second", 2));
  assert.deepEqual(await textsOf(reading.read("id", { since: "2026-01-01T00:00:02Z" })), ["second"]);
  assert.equal(asked.length, 2);
});

test("who goes away ends the reading", async () => {
  const { turn, reading } = world();
  const stopping = new AbortController();
  const texts = textsOf(reading.read("id", { follow: true, signal: stopping.signal }));
  await turn(line("first", 1));
  await turn();
  stopping.abort();
  assert.deepEqual(await texts, ["first"]);
});
