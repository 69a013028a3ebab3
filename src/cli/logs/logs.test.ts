import assert from "node:assert/strict";
import { test } from "node:test";
import { merge } from "./merge.ts";
import type { OutputLine, OutputSource } from "./output-line.ts";
import { printer } from "./printer.ts";
import { readSince } from "./since.ts";

const line = (container: string, second: number, message = ""): OutputLine => ({
  ...{ task: "0123456789abcdef0123456789abcdef", container, message },
  time: `2026-01-01T00:00:0${second}Z`,
});

function source(container: string, lines: () => AsyncIterable<OutputLine>): OutputSource {
  return { task: "", container, lines };
}

async function* of(...lines: readonly OutputLine[]): AsyncGenerator<OutputLine> {
  for (const one of lines) {
    await new Promise(setImmediate);
    yield one;
  }
}

const shown = (lines: readonly OutputLine[]) => lines.map(({ container, time }) => container + time.at(-2)).join(" ");

test("lines of several containers come in the order of their time, and one that fails does not stop the others", async () => {
  const problems: string[] = [];
  const merged = merge({ onProblem: ({ container }, { message }) => problems.push(`${container}: ${message}`) });
  merged.add(source("a", () => of(line("a", 1), line("a", 4))));
  merged.add(source("b", () => of(line("b", 0), line("b", 2), line("b", 3), line("b", 5))));
  merged.add(
    source("c", async function* () {
      yield line("c", 2);
      throw new Error("gone");
    }),
  );
  merged.close();
  const lines = await Array.fromAsync(merged.lines());
  assert.equal(shown(lines).replace("b2 c2", "c2 b2"), "b0 a1 c2 b2 b3 a4 b5");
  assert.deepEqual(problems, ["c: gone"]);
});

test("a container that says nothing does not hold up the others for ever", async () => {
  const over = Promise.withResolvers<void>();
  const merged = merge({ patience: 20, onProblem: () => assert.fail() });
  merged.add(source("a", () => of(line("a", 1), line("a", 2))));
  merged.add(
    source("quiet", async function* () {
      await over.promise;
      yield line("quiet", 3);
    }),
  );
  const reading = merged.lines();
  assert.equal((await reading.next()).value?.container, "a");
  assert.equal((await reading.next()).value?.container, "a");
  over.resolve();
  assert.equal((await reading.next()).value?.container, "quiet");
  merged.close();
  assert.equal((await reading.next()).done, true);
});

test("a line has its container before it, its task too where there are several, and a colour on a terminal", () => {
  const text = printer({ json: false, isTerminal: false, namesTasks: false });
  assert.equal(text(line("web", 1, "a \u001b[2J b")), "web | a \u001b[2J b\n");
  assert.equal(text(line("sidecar", 1, "x")), "sidecar | x\n");
  assert.equal(text(line("web", 1, "x")), "web     | x\n");
  const several = printer({ json: false, isTerminal: false, namesTasks: true });
  assert.equal(several(line("web", 1, "x")), "01234567/web | x\n");
  const coloured = printer({ json: false, isTerminal: true, namesTasks: false });
  assert.equal(
    coloured(line("web", 1, "\u001b[31mred\u001b[0m \u001b[2J")),
    "\u001b[36mweb |\u001b[39m \u001b[31mred\u001b[0m \\u001b[2J\u001b[0m\n",
  );
  const json = printer({ json: true, isTerminal: true, namesTasks: true });
  assert.deepEqual(JSON.parse(json(line("web", 1, "x"))), line("web", 1, "x"));
});

test("--since is so long ago, or a date", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  assert.equal(readSince("90s", now), now - 90_000);
  assert.equal(readSince("2h", now), now - 7_200_000);
  assert.equal(readSince("1d", now), Date.parse("2026-01-01"));
  assert.equal(readSince("2026-01-01T12:00:00+01:00", now), Date.parse("2026-01-01T11:00:00Z"));
  assert.throws(() => readSince("soon", now), /Cannot use --since "soon"/);
});
