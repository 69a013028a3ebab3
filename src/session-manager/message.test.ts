import assert from "node:assert/strict";
import { test } from "node:test";
import {
  acknowledgedNumber,
  acknowledgement,
  type ChannelMessage,
  channelClosed,
  decodeMessage,
  encodeMessage,
  readJson,
} from "./message.ts";

const id = "dd01e56b-ff48-483e-a508-b5f073f31b16";
const createdAt = 1_503_434_274_948;

/** Messages and the bytes that AWS's session-manager-plugin makes of them. */
const vectors: readonly (readonly [ChannelMessage, string])[] = [
  [
    {
      ...{ type: "input_stream_data", createdAt, sequenceNumber: 7, flags: 0, id },
      ...{ payloadType: 1, payload: Buffer.from("ls\r") },
    },
    "00000074696e7075745f73747265616d5f64617461202020202020202020202020202020000000010000015e0baa788400000000000000070000000000000000a508b5f073f31b16dd01e56bff48483e1d887ce0f8672e4914d9000e801cd74ecd805dd9366c0bc42dc16adc0197dc2f00000001000000036c730d",
  ],
  [
    {
      ...{ type: "output_stream_data", createdAt, sequenceNumber: 0, flags: 0, id },
      ...{ payloadType: 7, payload: Buffer.from("{}") },
    },
    "000000746f75747075745f73747265616d5f646174612020202020202020202020202020000000010000015e0baa788400000000000000000000000000000000a508b5f073f31b16dd01e56bff48483e44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a00000007000000027b7d",
  ],
];

for (const [message, hex] of vectors) {
  test(`${message.type} is written as by AWS's client, and read again`, () => {
    assert.equal(encodeMessage(message).toString("hex"), hex);
    assert.deepEqual(decodeMessage(Buffer.from(hex, "hex")), message);
  });
}

test("an empty payload is a message", () => {
  const message = { type: "start_publication", createdAt, sequenceNumber: 0, flags: 3, id, payloadType: 0 };
  const bytes = encodeMessage({ ...message, payload: Buffer.alloc(0) });
  assert.equal(bytes.length, 120);
  assert.deepEqual(decodeMessage(bytes), { ...message, payload: Buffer.alloc(0) });
});

test("a type that is filled up with NULs is read, too", () => {
  const bytes = Buffer.from(vectors[0]![1], "hex");
  bytes.fill(0, 4 + "input_stream_data".length, 36);
  assert.equal(decodeMessage(bytes)?.type, "input_stream_data");
});

test("what is cut, damaged or too long is no message", () => {
  const bytes = Buffer.from(vectors[0]![1], "hex");
  const damaged = (offset: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy[offset] = value;
    return copy;
  };
  const cases: readonly (readonly [string, Buffer])[] = [
    ["nothing", Buffer.alloc(0)],
    ["half a header", bytes.subarray(0, 60)],
    ["half a payload", bytes.subarray(0, bytes.length - 1)],
    ["more than the payload", Buffer.concat([bytes, Buffer.alloc(1)])],
    ["another header length", damaged(3, 0x75)],
    ["another payload", damaged(121, 0x20)],
    ["a sequence number beyond all", damaged(48, 0x7f)],
    ["a negative sequence number", damaged(48, 0xff)],
  ];
  for (const [name, wrong] of cases) assert.equal(decodeMessage(wrong), undefined, name);
});

test("an acknowledgement names what it is about", () => {
  const made = { id: "00000000-0000-4000-8000-000000000001", createdAt };
  const message = decodeMessage(acknowledgement(vectors[0]![0], made));
  assert.deepEqual([message?.type, message?.flags, message?.id], ["acknowledge", 3, made.id]);
  assert.deepEqual(readJson(message!.payload), {
    AcknowledgedMessageType: "input_stream_data",
    AcknowledgedMessageId: id,
    AcknowledgedMessageSequenceNumber: 7,
    IsSequentialMessage: true,
  });
  assert.equal(acknowledgedNumber(message!), 7);
  assert.equal(acknowledgedNumber({ payload: Buffer.from("[") }), undefined);
});

test("the end of a channel says why", () => {
  const message = decodeMessage(channelClosed("session", "Your session timed out.", { id, createdAt }));
  assert.equal(message?.type, "channel_closed");
  assert.deepEqual(readJson(message.payload), {
    ...{ MessageId: id, CreatedDate: "2017-08-22T20:37:54.948Z", DestinationId: "session", SessionId: "session" },
    ...{ MessageType: "channel_closed", SchemaVersion: 1, Output: "Your session timed out." },
  });
});
