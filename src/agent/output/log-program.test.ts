import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers } from "../../concurrency/timers.ts";
import { secretMasker } from "../../masking/index.ts";
import type { LogLine, LogReadOptions } from "../../runtime/logs.ts";
import { logProgram } from "./log-program.ts";

const line = (message: string, change: Partial<LogLine> = {}): LogLine => ({
  ...{ source: "stdout", time: "2026-01-01T00:00:00.000000001Z", data: Buffer.from(message), partial: false },
  ...change,
});

interface Printed {
  readonly message: string;
  readonly source: string;
}

async function printed(lines: readonly LogLine[], masker = secretMasker(["correct-horse-battery"])) {
  const asked: LogReadOptions[] = [];
  const { exec } = {
    exec: logProgram({
      logs: {
        async *read(_id, options = {}) {
          asked.push(options);
          yield* lines;
        },
      },
      ...{ masker, wanted: { follow: false, since: "2026-01-01T00:00:00Z", masking: true }, timers: fakeTimers() },
    }),
  };
  await using program = await exec.start("id", { command: [] });
  const text = Buffer.concat(await Array.fromAsync(program.stdout as AsyncIterable<Buffer>)).toString();
  assert.equal(await program.exitCode, 0);
  assert.deepEqual([asked[0]?.follow, asked[0]?.since], [false, "2026-01-01T00:00:00Z"]);
  return text
    .trimEnd()
    .split("\n")
    .map((one) => JSON.parse(one) as Printed);
}

test("output is masked line by line, each output by itself, and over the pieces of a line", async () => {
  const lines = await printed([
    line("password: correct-horse-battery"),
    line("correct-ho", { source: "stderr" }),
    line("unrelated"),
    line("rse-battery", { source: "stderr" }),
    line("a long line: correct-", { partial: true }),
    line("horse-battery."),
  ]);
  assert.deepEqual(
    lines.filter(({ source }) => source === "stdout").map(({ message }) => message),
    ["password: ***", "unrelated", "a long line: ***", "***."],
  );
  assert.deepEqual(
    lines.filter(({ source }) => source === "stderr").map(({ message }) => message),
    ["***", "***"],
  );
});

test("what may be the beginning of a value is shown masked where nothing follows it", async () => {
  const timers = fakeTimers();
  const more = Promise.withResolvers<void>();
  const exec = logProgram({
    logs: {
      async *read() {
        yield line("token correct-horse");
        await more.promise;
        yield line("-battery, and so on");
      },
    },
    ...{ masker: secretMasker(["correct-horse-battery"]), wanted: { follow: true, masking: true }, timers },
  });
  await using program = await exec.start("id", { command: [] });
  const reading = (program.stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = reading.next();
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  timers.advance(500);
  assert.match(String((await first).value), /"token \*\*\*"/);
  more.resolve();
  assert.match(String((await reading.next()).value), /"\*\*\*, and so on"/);
});

test("a log that cannot be read says why", async () => {
  const exec = logProgram({
    logs: {
      // biome-ignore lint/correctness/useYield: it fails before the first line
      async *read() {
        throw new Error("configured logging driver does not support reading");
      },
    },
    ...{ masker: "none", wanted: { follow: false, masking: true }, timers: fakeTimers() },
  });
  await using program = await exec.start("id", { command: [] });
  const text = Buffer.concat(await Array.fromAsync(program.stdout as AsyncIterable<Buffer>)).toString();
  assert.deepEqual(JSON.parse(text), { problem: "configured logging driver does not support reading" });
});
