import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { type Line, lineCutter } from "./lines.ts";
import { openLog } from "./log-drivers.ts";
import type { LogOptions, LogSink } from "./log-sink.ts";

async function openJsonFile(options: LogOptions) {
  const directory = await mkdtemp(join(tmpdir(), "sealift-test-"));
  const path = join(directory, "log.json");
  const spec = {
    name: "n",
    image: "i",
    environment: {},
    labels: {},
    ports: [],
    network: "host",
    log: { driver: "json-file", options },
  } as const;
  const warn = (message: string) => assert.fail(message);
  const log = await openLog({ id: "id", spec, path, clock: fakeClock(), ids: randomIds, warn });
  return { log, path, directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

const linesOf = (...texts: string[]): Line[] => texts.map((text) => ({ text, partial: false }));

const cuts: [string, readonly string[], readonly Line[]][] = [
  ["lines", ["a\nb\n"], linesOf("a", "b")],
  ["empty lines", ["\n\na\n"], linesOf("", "", "a")],
  ["a line in pieces", ["a", "b", "\nc\n"], linesOf("ab", "c")],
  ["a last line without its end", ["a\nb"], linesOf("a", "b")],
  ["no output", [], []],
  [
    "a long line",
    [`${"x".repeat(40_000)}\ny\n`],
    [
      { text: "x".repeat(16_384), partial: true },
      { text: "x".repeat(16_384), partial: true },
      { text: "x".repeat(40_000 - 32_768), partial: false },
      { text: "y", partial: false },
    ],
  ],
];
for (const [what, chunks, expected] of cuts) {
  test(`lineCutter cuts ${what}`, () => {
    const cutter = lineCutter();
    assert.deepEqual([...chunks.flatMap((chunk) => cutter.push(Buffer.from(chunk))), ...cutter.end()], expected);
  });
}

test("lineCutter keeps a character that comes in two pieces", () => {
  const cutter = lineCutter();
  const bytes = Buffer.from("ü\n");
  assert.deepEqual([...cutter.push(bytes.subarray(0, 1)), ...cutter.push(bytes.subarray(1))], linesOf("ü"));
});

test("json-file writes Docker's lines into a file that only its owner reads", async () => {
  await using file = await openJsonFile({});
  await file.log.write("stderr", [{ text: "long", partial: true }, ...linesOf("er", "next")]);
  await file.log.close();
  const entries = (await readFile(file.path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const common = { stream: "stderr", time: "2026-01-02T03:04:05.000Z" };
  assert.deepEqual(entries, [
    { log: "long", ...common },
    { log: "er\n", ...common },
    { log: "next\n", ...common },
  ]);
  assert.equal((await stat(file.path)).mode & 0o777, 0o600);
});

async function fill(log: LogSink): Promise<void> {
  for (let index = 0; index < 100; index++) await log.write("stdout", linesOf(`line ${index}`));
  await log.close();
}

test("json-file keeps no more than max-file files of max-size, and the newest lines", async () => {
  await using file = await openJsonFile({ "max-size": "1k", "max-file": "3" });
  await fill(file.log);
  assert.deepEqual((await readdir(file.directory)).sort(), ["log.json", "log.json.1", "log.json.2"]);
  for (const name of await readdir(file.directory)) assert.ok((await stat(join(file.directory, name))).size <= 1024);
  assert.match(await readFile(file.path, "utf8"), /line 99/);
  assert.match(await readFile(`${file.path}.1`, "utf8"), /line 8\d/);
});

test("json-file starts its one file afresh when it is full", async () => {
  await using file = await openJsonFile({ "max-size": "1k" });
  await fill(file.log);
  assert.deepEqual(await readdir(file.directory), ["log.json"]);
  assert.ok((await stat(file.path)).size <= 1024);
});

const wrong: [LogOptions, RegExp][] = [
  [{ "max-size": "much" }, /max-size is not a valid size/],
  [{ "max-file": "0" }, /max-file cannot be less than 1/],
  [{ "max-sise": "1m" }, /unknown log opt 'max-sise' for json-file log driver/],
];
for (const [options, message] of wrong) {
  test(`json-file refuses ${JSON.stringify(options)}`, async () => {
    await assert.rejects(openJsonFile(options), { name: "CannotStartContainerError", message });
  });
}
