import assert from "node:assert/strict";
import { test } from "node:test";
import { compileRegex } from "../../regex/regex.ts";
import type { LogLine } from "../../runtime/logs.ts";
import { type Batch, batches } from "./batches.ts";

const start = Date.parse("2026-01-01T00:00:00Z");

function line(text: string, milliseconds = 0, more: Partial<LogLine> = {}): LogLine {
  const time = new Date(start + milliseconds).toISOString();
  return { source: "stdout", time, data: Buffer.from(text), partial: false, ...more };
}

/** All batches of the lines. */
function all(lines: readonly LogLine[], first?: string, after?: Batch["to"]): Batch[] {
  const collected = batches(first === undefined ? undefined : compileRegex(first), after);
  const made = lines.flatMap((one) => collected.push(one) ?? []);
  return [...made, ...(collected.isWaiting ? [collected.flush()!] : [])];
}

const messages = (made: readonly Batch[]) => made.map(({ events }) => events.map(({ message }) => message));

test("Each line is an event, and an empty one is none", () => {
  assert.deepEqual(messages(all([line("one"), line(""), line("two", 1, { source: "stderr" })])), [["one", "two"]]);
});

test("The parts of a long line are one event, also where the other output comes between", () => {
  const parts = [
    line("a".repeat(16_384), 0, { partial: true }),
    line("between", 1, { source: "stderr" }),
    line("end", 2),
  ];
  assert.deepEqual(messages(all(parts)), [["between", `${"a".repeat(16_384)}end`]]);
});

test("A line is cut at the size of an event, between characters", () => {
  const made = all([line(`${"x".repeat(262_117)}ééé`)]);
  assert.deepEqual(
    made[0]?.events.map(({ message }) => Buffer.byteLength(message)),
    [262_117, 6],
  );
});

test("Lines up to the next one that begins an event are one event", () => {
  const lines = ["lost", "> one", "  more", "> two", "  more"].map((text, index) => line(text, index));
  assert.deepEqual(messages(all(lines, "^>")), [["lost\n", "> one\n  more\n", "> two\n  more\n"]]);
});

test("A batch has at most 10,000 events, a megabyte and a day", () => {
  const short = Array.from({ length: 10_001 }, (_, number) => line(`${number}`));
  assert.deepEqual(
    all(short).map(({ events }) => events.length),
    [10_000, 1],
  );
  const long = Array.from({ length: 9 }, () => line("x".repeat(200_000)));
  assert.deepEqual(
    all(long).map(({ events }) => events.length),
    [5, 4],
  );
  const day = 24 * 60 * 60 * 1000;
  assert.deepEqual(messages(all([line("a"), line("b", day), line("c", day + 1)])), [["a", "b"], ["c"]]);
});

test("Wherever a delivery was cut short, the same lines make the same batch again, and the rest follows", () => {
  for (const first of [undefined, "^>"]) {
    const lines = Array.from({ length: 60 }, (_, number) =>
      line(`${number % 4 === 0 ? ">" : " "} ${number} ${"x".repeat(99_000)}`, Math.floor(number / 7), {
        source: number % 3 === 0 ? "stderr" : "stdout",
      }),
    );
    const whole = all(lines, first);
    assert.ok(whole.length > 5);
    for (const [index, batch] of whole.entries()) {
      const before = whole[index - 1]?.to;
      const since = before === undefined ? lines : lines.filter(({ time }) => time >= before.time);
      const collected = batches(first === undefined ? undefined : compileRegex(first), before);
      for (const one of since) {
        collected.push(one);
        if (collected.last?.time === batch.to.time && collected.last.count === batch.to.count) break;
      }
      assert.deepEqual(collected.flush(), batch);
      const rest = lines.filter(({ time }) => time >= batch.to.time);
      assert.deepEqual(messages(all(rest, first, batch.to)).flat(), messages(whole.slice(index + 1)).flat());
    }
  }
});
