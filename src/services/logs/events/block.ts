import type { InputEvent } from "./accept.ts";
import { at, type Columns, columnsWidth, noColumns, packColumns, unpackColumns } from "./columns.ts";
import { compress, decompress } from "./compression.ts";
import type { Position } from "./event-id.ts";

/** One PutLogEvents, whole or what is left of it. */
export interface Part {
  readonly batch: string;
  /** When it came. */
  readonly ingestedAt: number;
}

export interface LogEvent extends Position {
  readonly message: string;
  readonly ingestedAt: number;
}

/**
 * Events of one stream in their order. Times and places are in columns and the messages in one run of UTF-8, so that a search
 * need not make text of every message.
 */
export interface Block {
  readonly parts: readonly Part[];
  readonly columns: Columns;
  readonly text: Buffer;
}

/** The position of an event. */
export function positionAt({ parts, columns: { timestamps, partOf, indexes } }: Block, number: number): Position {
  const batch = parts[at(partOf, number)]?.batch ?? "";
  return { timestamp: at(timestamps, number), batch, index: at(indexes, number) };
}

export function eventAt(block: Block, number: number): LogEvent {
  return {
    ...positionAt(block, number),
    ingestedAt: block.parts[at(block.columns.partOf, number)]?.ingestedAt ?? 0,
    message: messageAt(block, number),
  };
}

export function messageAt({ columns: { starts }, text }: Block, number: number): string {
  return text.toString("utf8", starts[number], starts[number + 1]);
}

/** The events of one request. */
export function blockOf(part: Part, events: readonly InputEvent[]): Block {
  const columns = noColumns(events.length);
  for (let number = 0; number < events.length; number++) {
    columns.timestamps[number] = events[number]?.timestamp ?? 0;
    columns.indexes[number] = number;
  }
  return { parts: [part], columns, text: encode(events, columns.starts) };
}

/** Writes the messages in a row, and their places to `starts`. */
function encode(events: readonly InputEvent[], starts: Uint32Array): Buffer {
  const together = events.map(({ message }) => message).join("");
  const isAscii = Buffer.byteLength(together) === together.length;
  let length = 0;
  for (let number = 0; number < events.length; number++) {
    const message = events[number]?.message ?? "";
    length += isAscii ? message.length : Buffer.byteLength(message);
    starts[number + 1] = length;
  }
  if (isAscii) return Buffer.from(together, "latin1");
  // One by one: half a character at the end of a message does not become one with that of the next.
  const text = Buffer.alloc(length);
  for (let number = 0; number < events.length; number++) text.write(events[number]?.message ?? "", at(starts, number));
  return text;
}

/** Some events of some blocks as a block of their own. */
export function blockFrom(chosen: readonly (readonly [Block, number])[]): Block {
  const columns = noColumns(chosen.length);
  const parts: Part[] = [];
  const numbers = new Map<string, number>();
  const messages: Buffer[] = [];
  let length = 0;
  for (let number = 0; number < chosen.length; number++) {
    const [block, from] = chosen[number] as readonly [Block, number];
    const { timestamps, partOf, indexes, starts } = block.columns;
    const part = block.parts[at(partOf, from)] as Part;
    const known = numbers.get(part.batch) ?? parts.push(part) - 1;
    numbers.set(part.batch, known);
    columns.timestamps[number] = at(timestamps, from);
    columns.partOf[number] = known;
    columns.indexes[number] = at(indexes, from);
    const message = block.text.subarray(starts[from], starts[from + 1]);
    messages.push(message);
    length += message.length;
    columns.starts[number + 1] = length;
  }
  return { parts, columns, text: Buffer.concat(messages, length) };
}

/** Packs a block: length of the header (4 bytes), header (JSON), then the columns, then the text; all of it compressed. */
export function pack({ parts, columns, text }: Block): Promise<Uint8Array> {
  const count = columns.timestamps.length;
  const described = JSON.stringify({ count, parts: parts.map(({ batch, ingestedAt }) => [batch, ingestedAt]) });
  // Blanks bring the columns to a multiple of eight.
  const header = Buffer.from(described + " ".repeat(7 - ((Buffer.byteLength(described) + 3) % 8)));
  const columnsAt = 4 + header.length;
  const packed = Buffer.allocUnsafeSlow(columnsAt + count * columnsWidth + text.length);
  packed.writeUInt32LE(header.length, 0);
  header.copy(packed, 4);
  packColumns(columns, packed.subarray(columnsAt));
  text.copy(packed, columnsAt + count * columnsWidth);
  return compress(packed);
}

/** `size`: about as many bytes as the block has. */
export async function unpack(bytes: Uint8Array, size: number): Promise<Block> {
  const packed = await decompress(bytes, size);
  const columnsAt = 4 + packed.readUInt32LE(0);
  const header = JSON.parse(packed.toString("utf8", 4, columnsAt)) as {
    readonly count: number;
    readonly parts: readonly (readonly [string, number])[];
  };
  const { count } = header;
  let columns: Columns | undefined;
  return {
    parts: header.parts.map(([batch, ingestedAt]) => ({ batch, ingestedAt })),
    /** Read when they are asked for: most blocks that are searched have nothing that was looked for. */
    get columns() {
      columns ??= unpackColumns(packed.subarray(columnsAt), count);
      return columns;
    },
    text: packed.subarray(columnsAt + count * columnsWidth),
  };
}
