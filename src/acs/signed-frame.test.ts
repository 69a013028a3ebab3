import assert from "node:assert/strict";
import { test } from "node:test";
import { readSignedFrame, writeSignedFrame } from "./signed-frame.ts";

test("a signed frame is header lines, an empty line and the body, as AWS's agent writes it", () => {
  const headers = { Authorization: "AWS4-HMAC-SHA256 Credential=AKIA/x", Host: "localhost:4566" };
  const body = '{"type":"PublishMetricsRequest","message":{}}\r\n\r\n';
  const text = writeSignedFrame({ headers, body });
  assert.equal(text, `Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x\r\nHost: localhost:4566\r\n\r\n${body}`);
  assert.deepEqual(
    { ...readSignedFrame(text)?.headers },
    { authorization: "AWS4-HMAC-SHA256 Credential=AKIA/x", host: "localhost:4566" },
  );
  assert.equal(readSignedFrame(text)?.body, body);
});

test("what has no header lines, or two of one name, is no signed frame", () => {
  for (const text of [
    "",
    "{}",
    "host: a\n\n{}",
    "host\r\n\r\n{}",
    "a b: c\r\n\r\n{}",
    "host: a\r\nHost: b\r\n\r\n{}",
    `host: ${"a".repeat(40_000)}\r\n\r\n{}`,
  ]) {
    assert.equal(readSignedFrame(text), undefined, text.slice(0, 30));
  }
});
