import assert from "node:assert/strict";
import { test } from "node:test";
import { readAgentMessage } from "./agent-message.ts";

test("readAgentMessage takes messages whose members are there, and tells those to pass over from what is none", () => {
  const messages = [
    { type: "AckRequest", message: { cluster: "c", containerInstance: "i", messageId: "1" } },
    { type: "TaskStopVerificationMessage", message: { messageId: "2", stopCandidates: [{ taskArn: "t" }] } },
  ];
  for (const message of messages) assert.deepEqual(readAgentMessage(JSON.stringify(message)), message);
  const ignored = [
    { type: "Nonsense", message: {} },
    { type: "HeartbeatAckRequest", message: { messageId: "1" } },
  ];
  for (const message of ignored) assert.equal(readAgentMessage(JSON.stringify(message)), "ignored");
  const malformed = [
    { type: "AckRequest", message: {} },
    { type: "AckRequest", message: { messageId: {} } },
    { type: "TaskStopVerificationMessage", message: { messageId: "2" } },
    { type: "TaskStopVerificationMessage", message: { stopCandidates: [null] } },
    { type: "TaskStopVerificationMessage", message: { stopCandidates: [{ taskArn: 1 }] } },
  ];
  for (const message of malformed) assert.equal(readAgentMessage(JSON.stringify(message)), "malformed");
  for (const text of ["", "nonsense", "null", "[]", "1", '{"type":"AckRequest"}', '{"type":1,"message":{}}']) {
    assert.equal(readAgentMessage(text), "unreadable", text);
  }
});
