import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../test/support/until.ts";
import type { LogLine, LogReadOptions, Logs } from "../logs.ts";
import type { Bench } from "./bench.contract.ts";

export function logsContract({ runtime, specOf, started, ended }: Bench): void {
  async function collect(id: string, options?: LogReadOptions): Promise<LogLine[]> {
    return Array.fromAsync(logs().read(id, options));
  }

  function logs(): Logs {
    const { logs } = runtime();
    assert.ok(logs);
    return logs;
  }

  test("logs: reads lines of both outputs with their times", async () => {
    const id = await started(specOf("writes lines"));
    await ended(id);
    const lines = await collect(id);
    assert.deepEqual(texts(lines), ["stdout one", "stderr two", "stdout three"]);
    for (const { time } of lines) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
    assert.deepEqual(
      lines.map(({ time }) => time).toSorted(),
      lines.map(({ time }) => time),
    );
  });

  test("logs: reads from a time on, inclusive, and only the last lines", async () => {
    const id = await started(specOf("writes lines"));
    await ended(id);
    const [, second] = await collect(id);
    assert.ok(second);
    assert.deepEqual(texts(await collect(id, { since: second.time })), ["stderr two", "stdout three"]);
    assert.deepEqual(texts(await collect(id, { tail: 1 })), ["stdout three"]);
    assert.deepEqual(await collect(id, { tail: 0 }), []);
  });

  test("logs: follows a container to its end", async () => {
    const id = await started(specOf("writes lines and waits"));
    const heard: LogLine[] = [];
    const following = (async () => {
      for await (const line of logs().read(id, { follow: true })) heard.push(line);
    })();
    await until("the first three lines", () => heard.length === 3);
    await runtime().containers.stop(id, 60);
    await following;
    assert.deepEqual(texts(heard), ["stdout one", "stdout two", "stdout three", "stdout four"]);
  });

  test("logs: stops following when told, without an error", async () => {
    const id = await started(specOf("writes lines and waits"));
    const leaving = new AbortController();
    for await (const { data } of logs().read(id, { follow: true, signal: leaving.signal })) {
      if (data.toString() === "three") leaving.abort();
    }
    for await (const line of logs().read(id, { follow: true })) {
      assert.equal(line.data.toString(), "one");
      break;
    }
    await runtime().containers.remove(id);
  });

  test("logs: hands over all lines in order to a reader that takes its time", async () => {
    const id = await started(specOf("writes a lot", { log: { driver: "json-file", options: { "max-size": "100m" } } }));
    let next = 0;
    for await (const { data } of logs().read(id, { follow: true })) {
      if (next % 1000 === 0) await new Promise(setImmediate);
      assert.equal(data.toString(), `line ${next++}`);
    }
    assert.equal(next, 20_000);
  });

  test("logs: cuts long lines into parts that say so", async () => {
    const id = await started(specOf("writes a long line"));
    await ended(id);
    const lines = await collect(id);
    assert.deepEqual(
      lines.map(({ data, partial }) => [data.length, partial]),
      [
        [16_384, true],
        [16_384, true],
        [40_000 - 32_768, false],
        [3, false],
      ],
    );
  });

  test("logs: fails by name for a container that does not exist, and where the log driver keeps nothing", async () => {
    const id = await started(specOf("writes lines", { log: { driver: "none", options: {} } }));
    await ended(id);
    for (const unreadable of ["0".repeat(64), id]) {
      await assert.rejects(collect(unreadable), { name: "CannotReadLogsError", message: /./ });
    }
  });
}

function texts(lines: readonly LogLine[]): string[] {
  return lines.map(({ source, data }) => `${source} ${data}`);
}
