import { Sha256 } from "../../../api/sha256.ts";

/**
 * A message of a session's data channel, as AWS's session-manager-plugin writes it on the WebSocket: a header of fixed length, then
 * the payload. All numbers are big-endian.
 */
export interface ChannelMessage {
  readonly type: string;
  readonly sequenceNumber: number;
  readonly flags: number;
  /** 16 bytes of a UUID, in their usual order. */
  readonly id: Uint8Array;
  readonly payloadType: number;
  readonly payload: Uint8Array;
}

export const messageTypes = {
  input: "input_stream_data",
  output: "output_stream_data",
  acknowledge: "acknowledge",
  closed: "channel_closed",
} as const;

export const payloadTypes = {
  data: 1,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  challengeRequest: 8,
  challengeResponse: 9,
  flag: 10,
  exitCode: 12,
} as const;

/** The payload of the type `flag` that ends the session. */
export const terminateSession = 2;

const headerLength = 116;
const payloadStart = headerLength + 4;
const typeLength = 32;

export async function encodeMessage(message: ChannelMessage, now: number): Promise<Uint8Array<ArrayBuffer>> {
  const { type, sequenceNumber, flags, id, payloadType, payload } = message;
  const bytes = new Uint8Array(payloadStart + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, headerLength);
  bytes.set(encoder.encode(type.padEnd(typeLength)), 4);
  view.setUint32(36, 1);
  view.setBigUint64(40, BigInt(now));
  view.setBigInt64(48, BigInt(sequenceNumber));
  view.setBigUint64(56, BigInt(flags));
  bytes.set(id.subarray(8), 64);
  bytes.set(id.subarray(0, 8), 72);
  bytes.set(await digestOf(payload), 80);
  view.setUint32(112, payloadType);
  view.setUint32(headerLength, payload.length);
  bytes.set(payload, payloadStart);
  return bytes;
}

/** Undefined for bytes that are no message, and for a payload that is not the one that its digest was made of. */
export async function decodeMessage(bytes: Uint8Array): Promise<ChannelMessage | undefined> {
  if (bytes.length < payloadStart) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payload = bytes.slice(payloadStart);
  if (view.getUint32(0) !== headerLength || view.getUint32(headerLength) !== payload.length) return undefined;
  const digest = await digestOf(payload);
  if (payload.length > 0 && digest.some((byte, index) => byte !== bytes[80 + index])) return undefined;
  const id = new Uint8Array(16);
  id.set(bytes.subarray(72, 80), 0);
  id.set(bytes.subarray(64, 72), 8);
  return {
    type: decoder
      .decode(bytes.subarray(4, 4 + typeLength))
      .replaceAll("\0", "")
      .trim(),
    sequenceNumber: Number(view.getBigInt64(48)),
    flags: Number(view.getBigUint64(56)),
    id,
    payloadType: view.getUint32(112),
    payload,
  };
}

/** What tells a message's sender that it arrived. */
export function acknowledgementOf({ type, id, sequenceNumber }: ChannelMessage): ChannelMessage {
  const content = {
    AcknowledgedMessageType: type,
    AcknowledgedMessageId: uuidText(id),
    AcknowledgedMessageSequenceNumber: sequenceNumber,
    IsSequentialMessage: true,
  };
  // Both bits of the flags: it is a stream of its own.
  return {
    ...{ type: messageTypes.acknowledge, sequenceNumber: 0, flags: 3, id: newId(), payloadType: 0 },
    payload: jsonBytes(content),
  };
}

/** A UUID's bytes. `crypto.randomUUID` is missing on plain http. */
export function newId(): Uint8Array {
  const id = crypto.getRandomValues(new Uint8Array(16));
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x40;
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80;
  return id;
}

export function uuidText(id: Uint8Array): string {
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function jsonBytes(content: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(content));
}

/** The members of a JSON object; none of anything else. */
export function jsonOf(payload: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(decoder.decode(payload));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function digestOf(payload: Uint8Array): Promise<Uint8Array> {
  const hash = new Sha256();
  hash.update(payload);
  return hash.digest();
}
