import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeMessage as decodeAtAgent,
  encodeMessage as encodeAtAgent,
} from "../../../../../src/session-manager/message.ts";
import { acknowledgementOf, decodeMessage, encodeMessage, jsonOf, newId, uuidText } from "./channel-message.ts";

const payload = new TextEncoder().encode("ls -l\n");

test("a message of the console is one to the agent", async () => {
  const id = newId();
  const bytes = await encodeMessage(
    { type: "input_stream_data", sequenceNumber: 7, flags: 0, id, payloadType: 1, payload },
    1_700_000_000_123,
  );
  const read = decodeAtAgent(Buffer.from(bytes));
  assert.deepEqual(
    { ...read, payload: String(read?.payload) },
    {
      type: "input_stream_data",
      createdAt: 1_700_000_000_123,
      sequenceNumber: 7,
      flags: 0,
      id: uuidText(id),
      payloadType: 1,
      payload: "ls -l\n",
    },
  );
});

test("a message of the agent is one to the console, and its acknowledgement names it", async () => {
  const id = "0b9c2f5e-6a0e-4c27-9a2f-1d2e3f405162";
  const bytes = encodeAtAgent({
    type: "output_stream_data",
    createdAt: 1,
    sequenceNumber: 3,
    flags: 1,
    id,
    payloadType: 1,
    payload: Buffer.from(payload),
  });
  const read = await decodeMessage(new Uint8Array(bytes));
  assert.ok(read);
  assert.deepEqual(
    [read.type, read.sequenceNumber, uuidText(read.id), read.payloadType, new TextDecoder().decode(read.payload)],
    ["output_stream_data", 3, id, 1, "ls -l\n"],
  );
  assert.deepEqual(jsonOf(acknowledgementOf(read).payload), {
    AcknowledgedMessageType: "output_stream_data",
    AcknowledgedMessageId: id,
    AcknowledgedMessageSequenceNumber: 3,
    IsSequentialMessage: true,
  });
});

test("decodeMessage takes no payload that its digest does not fit", async () => {
  const bytes = await encodeMessage(
    { type: "output_stream_data", sequenceNumber: 0, flags: 0, id: newId(), payloadType: 1, payload },
    0,
  );
  bytes[bytes.length - 1] = 0;
  assert.equal(await decodeMessage(bytes), undefined);
  assert.equal(await decodeMessage(new Uint8Array(10)), undefined);
});
