import type { Span } from "../../../masking/index.ts";
import type { InputEvent } from "./accept.ts";
import { at, type Columns, columnsSize, noColumns, packColumns, unpackColumns } from "./columns.ts";
import { compress } from "./compression.ts";
import type { Position } from "./event-id.ts";
import { release } from "./release.ts";

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
  readonly columns: Columns;
  readonly text: Buffer;
  /** Where messages show secret values, by the events' numbers. */
  readonly spans: ReadonlyMap<number, readonly Span[]>;
}

/** The position of an event. */
export function positionAt({ parts, columns: { timestamps, partOf, indexes } }: Block, number: number): Position {
  const batch = parts[at(partOf, number)]?.batch ?? "";
  return { timestamp: at(timestamps, number), batch, index: at(indexes, number) };
}

export function eventAt(block: Block, number: number): LogEvent {
  const { ingestedAt = 0, isSearched = false } = block.parts[at(block.columns.partOf, number)] ?? {};
  return {
    ...positionAt(block, number),
    ingestedAt,
    ...(isSearched && { spans: block.spans.get(number) ?? [] }),
    message: messageAt(block, number),
  };
}

/** Frees the memory of a block that nobody reads any more. */
export function releaseBlock({ text }: Block): void {
  release(text);
}

export function messageAt({ columns: { starts }, text }: Block, number: number): string {
  return text.toString("utf8", starts[number], starts[number + 1]);
}

/** The events of one request. */
export function blockOf(part: Part, events: readonly InputEvent[]): Block {
  const columns = noColumns(events.length);
  const spans = new Map<number, readonly Span[]>();
  for (let number = 0; number < events.length; number++) {
    const event = events[number];
    columns.timestamps[number] = event?.timestamp ?? 0;
    columns.indexes[number] = number;
    if (event?.spans?.length) spans.set(number, event.spans);
  }
  const isSearched = events[0]?.spans !== undefined;
  return { parts: [{ ...part, isSearched }], columns, text: encode(events, columns.starts), spans };
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
  const spans = new Map<number, readonly Span[]>();
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
    const marked = block.spans.get(from);
    if (marked) spans.set(number, marked);
    const message = block.text.subarray(starts[from], starts[from + 1]);
    messages.push(message);
    length += message.length;
    columns.starts[number + 1] = length;
  }
  return { parts, columns, text: Buffer.concat(messages, length), spans };
}

/** Packs a block: length of the header (4 bytes), header (JSON), then the columns, then the text; all of it compressed. */
export async function pack({ parts, columns, text, spans }: Block): Promise<Uint8Array> {
  const count = columns.timestamps.length;
  const described = JSON.stringify({
    count,
    parts: parts.map(({ batch, ingestedAt, isSearched }) => [batch, ingestedAt, ...(isSearched ? [1] : [])]),
    ...(spans.size > 0 && { spans: [...spans] }),
  });
  // Blanks bring the columns to a multiple of eight.
  const header = Buffer.from(described + " ".repeat(7 - ((Buffer.byteLength(described) + 3) % 8)));
  const columnsAt = 4 + header.length;
  const textAt = columnsAt + columnsSize(count);
  const packed = Buffer.allocUnsafeSlow(textAt + text.length);
  packed.writeUInt32LE(header.length, 0);
  header.copy(packed, 4);
  packColumns(columns, packed.subarray(columnsAt));
  text.copy(packed, textAt);
  const compressed = await compress(packed);
  release(packed);
  return compressed;
}

/** Reads a block that was packed, and is decompressed again. */
export function unpack(packed: Buffer): Block {
  const columnsAt = 4 + packed.readUInt32LE(0);
  const header = JSON.parse(packed.toString("utf8", 4, columnsAt)) as {
    readonly count: number;
    readonly parts: readonly (readonly [string, number, number?])[];
    readonly spans?: readonly (readonly [number, readonly Span[]])[];
  };
  const { count } = header;
  let columns: Columns | undefined;
  return {
    parts: header.parts.map(([batch, ingestedAt, searched]) => ({ batch, ingestedAt, isSearched: searched === 1 })),
    spans: new Map(header.spans),
    /** Read when they are asked for: most blocks that are searched have nothing that was looked for. */
    get columns() {
      columns ??= unpackColumns(packed.subarray(columnsAt), count);
      return columns;
    },
    text: packed.subarray(columnsAt + columnsSize(count)),
  };
}
