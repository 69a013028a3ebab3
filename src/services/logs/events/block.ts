import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from "node:zlib";
import type { Span } from "../../../masking/index.ts";
import type { Position } from "./event-id.ts";

/** One PutLogEvents, whole or what is left of it. */
export interface Part {
  readonly batch: string;
  /** When it came. */
  readonly ingestedAt: number;
  /** Somebody who knows them has looked for secret values in it. */
  readonly isSearched?: boolean;
}

export interface LogEvent extends Position {
  readonly message: string;
  readonly ingestedAt: number;
  /** Where the message shows secret values; absent where nobody has looked for them. */
  readonly spans?: readonly Span[];
}

/**
 * Events of one stream in their order. Times and places are in columns and the messages in one run of UTF-8, so that a search
 * need not make text of every message.
 */
export interface Block {
  readonly parts: readonly Part[];
  readonly timestamps: Float64Array;
  /** Each event's part. */
  readonly partOf: Uint32Array;
  /** Each event's place in the request that brought it. */
  readonly indexes: Uint32Array;
  /** Where each message begins in `text`, and where the last one ends. */
  readonly starts: Uint32Array;
  readonly text: Buffer;
  /** Where messages show secret values, by the events' numbers. */
  readonly spans: ReadonlyMap<number, readonly Span[]>;
}

/** Bytes up to which compression is so fast that no other thread is worth it. */
const small = 16 * 1024;
const level = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A value of a column. */
export function at(column: ArrayLike<number>, number: number): number {
  return column[number] ?? 0;
}

/** The position of an event. */
export function positionAt({ parts, timestamps, partOf, indexes }: Block, number: number): Position {
  const batch = parts[at(partOf, number)]?.batch ?? "";
  return { timestamp: at(timestamps, number), batch, index: at(indexes, number) };
}

export function blockOf(events: readonly LogEvent[]): Block {
  const count = events.length;
  const parts: Part[] = [];
  const numbers = new Map<string, number>();
  const block = {
    timestamps: new Float64Array(count),
    partOf: new Uint32Array(count),
    indexes: new Uint32Array(count),
    starts: new Uint32Array(count + 1),
  };
  const messages: Buffer[] = [];
  const marked = new Map<number, readonly Span[]>();
  let length = 0;
  for (const [number, { timestamp, batch, index, ingestedAt, message, spans }] of events.entries()) {
    let part = numbers.get(batch);
    if (part === undefined) {
      part = parts.push({ batch, ingestedAt, isSearched: spans !== undefined }) - 1;
      numbers.set(batch, part);
    }
    block.timestamps[number] = timestamp;
    block.partOf[number] = part;
    block.indexes[number] = index;
    block.starts[number] = length;
    if (spans && spans.length > 0) marked.set(number, spans);
    const bytes = Buffer.from(message);
    messages.push(bytes);
    length += bytes.length;
  }
  block.starts[count] = length;
  return { ...block, parts, text: Buffer.concat(messages, length), spans: marked };
}

export function eventAt(block: Block, number: number): LogEvent {
  const { ingestedAt = 0, isSearched = false } = block.parts[at(block.partOf, number)] ?? {};
  return {
    ...positionAt(block, number),
    ingestedAt,
    ...(isSearched && { spans: block.spans.get(number) ?? [] }),
    message: block.text.toString("utf8", block.starts[number], block.starts[number + 1]),
  };
}

/**
 * Packs a block: length of the header (4 bytes), header (JSON), then the columns as differences, which compress to almost
 * nothing, then the text; all of it compressed.
 */
export async function pack({ parts, timestamps, partOf, indexes, starts, text, spans }: Block): Promise<Uint8Array> {
  const count = timestamps.length;
  const header = Buffer.from(
    JSON.stringify({
      count,
      parts: parts.map(({ batch, ingestedAt, isSearched }) => [batch, ingestedAt, ...(isSearched ? [1] : [])]),
      ...(spans.size > 0 && { spans: [...spans] }),
    }),
  );
  const columns = Buffer.alloc(4 + header.length + count * 20);
  columns.writeUInt32LE(header.length, 0);
  header.copy(columns, 4);
  let end = 4 + header.length;
  const put = (each: (number: number) => void) => {
    for (let number = 0; number < count; number++) each(number);
  };
  put((number) => (end = columns.writeDoubleLE(at(timestamps, number) - (timestamps[number - 1] ?? 0), end)));
  put((number) => (end = columns.writeInt32LE(at(partOf, number) - (partOf[number - 1] ?? 0), end)));
  put((number) => (end = columns.writeInt32LE(at(indexes, number) - (indexes[number - 1] ?? 0), end)));
  put((number) => (end = columns.writeUInt32LE(at(starts, number + 1) - at(starts, number), end)));
  const packed = Buffer.concat([columns, text]);
  return packed.length <= small ? zstdCompressSync(packed, level) : compress(packed, level);
}

export async function unpack(bytes: Uint8Array): Promise<Block> {
  const packed = bytes.length <= small / 4 ? zstdDecompressSync(bytes) : await decompress(bytes);
  const headerLength = packed.readUInt32LE(0);
  const header = JSON.parse(packed.toString("utf8", 4, 4 + headerLength)) as {
    readonly count: number;
    readonly parts: readonly (readonly [string, number, number?])[];
    readonly spans?: readonly (readonly [number, readonly Span[]])[];
  };
  const { count } = header;
  const block = {
    timestamps: new Float64Array(count),
    partOf: new Uint32Array(count),
    indexes: new Uint32Array(count),
    starts: new Uint32Array(count + 1),
  };
  const [times, partsAt, indexesAt, lengths] = [0, 8, 12, 16].map((before) => 4 + headerLength + count * before) as [
    number,
    number,
    number,
    number,
  ];
  for (let number = 0; number < count; number++) {
    block.timestamps[number] = packed.readDoubleLE(times + number * 8) + (block.timestamps[number - 1] ?? 0);
    block.partOf[number] = packed.readInt32LE(partsAt + number * 4) + (block.partOf[number - 1] ?? 0);
    block.indexes[number] = packed.readInt32LE(indexesAt + number * 4) + (block.indexes[number - 1] ?? 0);
    block.starts[number + 1] = packed.readUInt32LE(lengths + number * 4) + at(block.starts, number);
  }
  return {
    ...block,
    parts: header.parts.map(([batch, ingestedAt, searched]) => ({ batch, ingestedAt, isSearched: searched === 1 })),
    spans: new Map(header.spans),
    text: packed.subarray(lengths + count * 4),
  };
}
