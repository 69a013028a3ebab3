import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { freshDirectory, specOf } from "../process.fixture.ts";
import { openJsonFile } from "./json-file.ts";
import { openJsonFileReader } from "./json-file-reader.ts";
import type { LogOptions, LogSink } from "./log-sink.ts";

async function openLog(options: LogOptions) {
  const path = `${await freshDirectory()}/log.json`;
  const warn = (message: string) => assert.fail(message);
  const context = { id: "id", spec: specOf({}), path, clock: fakeClock(), ids: randomIds, warn };
  const log = await openJsonFile(options, context);
  return { log, path };
}

async function write(log: LogSink, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) await log.write("stdout", [{ text: `line ${n}`, partial: false }]);
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test("json-file reader reads all files from the oldest line on, and then what is new", async () => {
  const { log, path } = await openLog({ "max-size": "1k", "max-file": "20" });
  await using reader = openJsonFileReader(path);
  const read = async () => (await Array.fromAsync(reader.lines())).map(({ data }) => Number(data.toString().slice(5)));
  assert.deepEqual(await read(), []);
  let written = 0;
  // Sometimes the file stays the same in between, and sometimes it is rotated once or several times.
  for (const count of [60, 1, 2, 0, 30, 7, 100, 12]) {
    await write(log, written, written + count);
    assert.deepEqual(await read(), numbers(written, written + count));
    written += count;
  }
  await log.close();
});

test("json-file reader goes on with the oldest line that is left when it was too slow", async () => {
  const { log, path } = await openLog({ "max-size": "1k", "max-file": "2" });
  await using reader = openJsonFileReader(path);
  await write(log, 0, 5);
  const first = await Array.fromAsync(reader.lines());
  assert.equal(first.length, 5);
  await write(log, 5, 300);
  const rest = (await Array.fromAsync(reader.lines())).map(({ data }) => Number(data.toString().slice(5)));
  assert.equal(rest.at(-1), 299);
  const afterGap = rest.findIndex((number, index) => index > 0 && number !== (rest[index - 1] ?? 0) + 1);
  assert.deepEqual(rest.slice(afterGap), numbers(rest[afterGap] ?? 0, 300));
  await log.close();
});
