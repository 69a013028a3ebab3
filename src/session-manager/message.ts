import { createHash } from "node:crypto";

/**
 * A message of a data channel, as AWS's session-manager-plugin and SSM agent write it on the WebSocket: a header of fixed length,
 * then the payload. All numbers are big-endian.
 *
 * | bytes | field |
 * |---|---|
 * | 0–3 | length of the header up to the payload's length: 116 |
 * | 4–35 | type, ASCII, filled up with spaces |
 * | 36–39 | schema version: 1 |
 * | 40–47 | creation, milliseconds since 1970 |
 * | 48–55 | sequence number |
 * | 56–63 | flags: 1 begins a stream, 2 ends it |
 * | 64–79 | UUID, its second half first |
 * | 80–111 | SHA-256 of the payload |
 * | 112–115 | payload's type |
 * | 116–119 | payload's length |
 */
export interface ChannelMessage {
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly sequenceNumber: number;
  readonly flags: number;
  /** A UUID. */
  readonly id: string;
  /** One of `payloadTypes`, or 0. */
  readonly payloadType: number;
  readonly payload: Buffer;
}

export const messageTypes = {
  /** From the client to the agent. */
  input: "input_stream_data",
  /** From the agent to the client. */
  output: "output_stream_data",
  acknowledge: "acknowledge",
  /** From the service to the client: the session is over. */
  closed: "channel_closed",
} as const;

export const payloadTypes = {
  /** What is typed, and what the program prints. */
  data: 1,
  /** JSON `{cols, rows}`: the client's terminal. */
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  challengeRequest: 8,
  challengeResponse: 9,
  /** A number of 32 bits, one of `flags`. */
  flag: 10,
  /** What a program without a terminal prints to its second output. For Sealift's own client only. */
  errors: 11,
  /** The program's exit code in decimal digits. */
  exitCode: 12,
} as const;

/** What a payload of the type `flag` says. */
export const flags = {
  terminateSession: 2,
  /** The input of a program without a terminal has ended. From Sealift's own client only. */
  endOfInput: 0x5ea1,
} as const;

/** Both bits of an acknowledgement's flags: it is a stream of its own. */
const wholeStream = 3;

const headerLength = 116;
const payloadStart = headerLength + 4;
const typeLength = 32;

export function encodeMessage(message: ChannelMessage): Buffer {
  const bytes = Buffer.alloc(payloadStart + message.payload.length);
  bytes.writeUInt32BE(headerLength, 0);
  bytes.fill(" ", 4, 4 + typeLength, "latin1");
  bytes.write(message.type, 4, typeLength, "latin1");
  bytes.writeUInt32BE(1, 36);
  bytes.writeBigUInt64BE(BigInt(message.createdAt), 40);
  bytes.writeBigInt64BE(BigInt(message.sequenceNumber), 48);
  bytes.writeBigUInt64BE(BigInt(message.flags), 56);
  const id = Buffer.from(message.id.replaceAll("-", ""), "hex");
  id.copy(bytes, 64, 8, 16);
  id.copy(bytes, 72, 0, 8);
  digestOf(message.payload).copy(bytes, 80);
  bytes.writeUInt32BE(message.payloadType, 112);
  bytes.writeUInt32BE(message.payload.length, headerLength);
  message.payload.copy(bytes, payloadStart);
  return bytes;
}

/** `undefined` for bytes that are no message, and for a payload that is not the one that the digest was made of. */
export function decodeMessage(bytes: Buffer): ChannelMessage | undefined {
  if (bytes.length < payloadStart || bytes.readUInt32BE(0) !== headerLength) return undefined;
  const payload = bytes.subarray(payloadStart);
  if (bytes.readUInt32BE(headerLength) !== payload.length) return undefined;
  if (payload.length > 0 && !digestOf(payload).equals(bytes.subarray(80, 112))) return undefined;
  const sequenceNumber = Number(bytes.readBigInt64BE(48));
  if (!Number.isSafeInteger(sequenceNumber) || sequenceNumber < 0) return undefined;
  const id = Buffer.concat([bytes.subarray(72, 80), bytes.subarray(64, 72)]).toString("hex");
  return {
    type: bytes
      .toString("latin1", 4, 4 + typeLength)
      .replaceAll("\0", "")
      .trim(),
    createdAt: Number(bytes.readBigUInt64BE(40)),
    sequenceNumber,
    flags: Number(bytes.readBigUInt64BE(56)),
    id: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join("-"),
    payloadType: bytes.readUInt32BE(112),
    payload,
  };
}

interface Making {
  /** A UUID. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** What tells a message's sender that it arrived. */
export function acknowledgement(of: ChannelMessage, { id, createdAt }: Making): Buffer {
  const content = {
    AcknowledgedMessageType: of.type,
    AcknowledgedMessageId: of.id,
    AcknowledgedMessageSequenceNumber: of.sequenceNumber,
    IsSequentialMessage: true,
  };
  const payload = Buffer.from(JSON.stringify(content));
  const type = messageTypes.acknowledge;
  return encodeMessage({ type, createdAt, sequenceNumber: 0, flags: wholeStream, id, payloadType: 0, payload });
}

/** The sequence number that an acknowledgement is about; `undefined` if it is malformed. */
export function acknowledgedNumber({ payload }: Pick<ChannelMessage, "payload">): number | undefined {
  const number = readJson(payload).AcknowledgedMessageSequenceNumber;
  return typeof number === "number" ? number : undefined;
}

/** What the service tells a client whose session is over. `output` is shown to its user, if it is not empty. */
export function channelClosed(sessionId: string, output: string, { id, createdAt }: Making): Buffer {
  const content = {
    MessageId: id,
    CreatedDate: new Date(createdAt).toISOString(),
    DestinationId: sessionId,
    SessionId: sessionId,
    MessageType: messageTypes.closed,
    SchemaVersion: 1,
    Output: output,
  };
  const payload = Buffer.from(JSON.stringify(content));
  const type = messageTypes.closed;
  return encodeMessage({ type, createdAt, sequenceNumber: 0, flags: wholeStream, id, payloadType: 0, payload });
}

/** The members of a JSON object; none of anything else. */
export function readJson(payload: Buffer | string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(String(payload));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function digestOf(payload: Buffer): Buffer {
  return createHash("sha256").update(payload).digest();
}
