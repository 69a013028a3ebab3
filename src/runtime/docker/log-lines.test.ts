import assert from "node:assert/strict";
import { test } from "node:test";
import { logLines } from "./log-lines.ts";

const time = "2026-01-02T03:04:05.123456789Z";

function frame(source: number, text: string): Buffer {
  const header = Buffer.from([source, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const framed = Buffer.concat([frame(1, `${time} grüße\n`), frame(2, `${time} \n`), frame(1, `${time} cut`)]);
const terminal = Buffer.from(`${time} grüße\r\n${time} cut`);

for (const size of [1, 3, 8, 1000]) {
  test(`logLines takes frames apart that come in pieces of ${size} bytes`, async () => {
    const lines = await Array.fromAsync(logLines(inPieces(framed, size), false));
    assert.deepEqual(
      lines.map(({ data, ...rest }) => ({ ...rest, data: data.toString() })),
      [
        { source: "stdout", time, data: "grüße", partial: false },
        { source: "stderr", time, data: "", partial: false },
        { source: "stdout", time, data: "cut", partial: true },
      ],
    );
  });

  test(`logLines cuts a terminal's output that comes in pieces of ${size} bytes`, async () => {
    const lines = await Array.fromAsync(logLines(inPieces(terminal, size), true));
    assert.deepEqual(
      lines.map(({ source, data, partial }) => [source, data.toString(), partial]),
      [
        ["stdout", "grüße\r", false],
        ["stdout", "cut", true],
      ],
    );
  });
}

test("logLines rejects with what the Engine reports in the stream, and with damage", async () => {
  const failed = Array.fromAsync(logLines(inPieces(frame(3, "error grabbing logs: gone\n"), 100), false));
  await assert.rejects(failed, { name: "CannotReadLogsError", message: "error grabbing logs: gone" });
  await assert.rejects(Array.fromAsync(logLines(inPieces(frame(9, "x"), 100), false)), /damaged/);
});
