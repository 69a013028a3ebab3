import assert from "node:assert/strict";
import { test } from "node:test";
import { openCollector } from "./collector.ts";

async function post(port: number, body: string): Promise<number> {
  const headers = { authorization: "Splunk token" };
  return (await fetch(`http://127.0.0.1:${port}/services/collector/event/1.0`, { method: "POST", body, headers }))
    .status;
}

const event = (line: string) => JSON.stringify({ event: { line, source: "stdout" }, time: "1.2" });

test("the collector gives each line of the events that a log driver sends, with their authorization", async () => {
  await using collector = await openCollector("127.0.0.1");
  const lines = ["plain", "", 'quoted "text" \\ and \n\t', "é 😀 \u0001"];
  assert.equal(await post(collector.port, lines.map(event).join("")), 200);
  assert.deepEqual(
    collector.lines,
    lines.map((line) => ({ line, authorization: "Splunk token" })),
  );
});

test("the collector waits for a line that is wanted, from a place on", async () => {
  await using collector = await openCollector("127.0.0.1");
  await post(collector.port, event("a"));
  const wanted = ({ line }: { line: string }) => line === "a";
  assert.equal((await collector.wait(wanted, { after: 0, timeout: 10_000 })).line, "a");
  const second = collector.wait(wanted, { after: 1, timeout: 10_000 });
  await post(collector.port, event("b") + event("a"));
  await second;
  assert.equal(collector.lines.length, 3);
  await assert.rejects(collector.wait(wanted, { after: 3, timeout: 1 }), {
    message: "The container's output did not arrive",
  });
});

test("the collector lives on when what it is sent is no event", async () => {
  await using collector = await openCollector("127.0.0.1");
  for (const body of ['"line":"\u0000"', '"line":"\\x"', '"line":"\\u12"', '"line":"', "", '"line":1']) {
    assert.equal(await post(collector.port, body), 200);
  }
  assert.deepEqual(collector.lines, []);
});
