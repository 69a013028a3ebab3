import { createHash, hash } from "node:crypto";
import type { Keyring } from "../../keyring/keyring.ts";

/** Streams and the events of each are numbered from 1. Both numbers together make a row's position, below 2^53. */
const eventsInStream = 2 ** 36;

export function positionOf(stream: number, sequence: number): number {
  return stream * eventsInStream + sequence;
}

export function sequenceOf(position: number): number {
  return position % eventsInStream;
}

export function streamOf(position: number): number {
  return Math.floor(position / eventsInStream);
}

/** A place in a stream's chain: the number of a batch's last event and the batch's hash. */
export interface Link {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

/** A place in a stream's chain, and the bytes of all events up to it. */
export interface Place extends Link {
  readonly bytes: number;
}

/** The place before a stream's first event. */
export function startOf(stream: number): Place {
  return { sequence: 0, bytes: 0, hash: hash("sha256", `sealift audit stream ${stream}`, "buffer") };
}

/** A batch's hash: of the batch before, of its events, and of the decision's inputs if its only event is a denial. */
export function linkHash(before: Uint8Array, events: Uint8Array, decision: Uint8Array | null): Buffer {
  const hashed = createHash("sha256").update(before).update(events);
  // No event is an empty line, so nothing else has the same bytes.
  if (decision !== null) hashed.update("\n\n").update(decision);
  return hashed.digest();
}

export type LinkKind = "head" | "cut";

/** Seals a place: nobody can make one without the root key. */
export function sealLink(keyring: Keyring, stream: number, kind: LinkKind, { sequence, bytes, hash }: Place): Buffer {
  const plain = Buffer.alloc(16 + hash.length);
  plain.writeBigUInt64BE(BigInt(sequence));
  plain.writeBigUInt64BE(BigInt(bytes), 8);
  plain.set(hash, 16);
  return Buffer.from(keyring.seal(plain, linkPurpose(stream, kind)));
}

/** Opens a sealed place; `undefined` if it was sealed for another stream or kind, or under another root key. */
export function openLink(keyring: Keyring, stream: number, kind: LinkKind, sealed: Uint8Array): Place | undefined {
  const plain = keyring.open(sealed, linkPurpose(stream, kind));
  if (!plain) return undefined;
  const numbers = Buffer.from(plain);
  const [sequence, bytes] = [Number(numbers.readBigUInt64BE()), Number(numbers.readBigUInt64BE(8))];
  return { sequence, bytes, hash: plain.subarray(16) };
}

export function linkPurpose(stream: unknown, kind: LinkKind): string {
  return `audit stream ${stream} ${kind}`;
}
