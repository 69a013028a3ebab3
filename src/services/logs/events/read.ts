import type { Group } from "../groups/group.ts";
import type { BatchPosition, BatchRecords, BatchSummary, Range } from "./batch-records.ts";
import { at, type Block, eventAt, type LogEvent, positionAt, unpack } from "./block.ts";
import type { DataKeys } from "./data-keys.ts";
import { comparePositions, type Position } from "./event-id.ts";

/** Batches whose summaries are read at a time. */
const page = 200;

export interface Reading {
  readonly range: Range;
  /** From the newest event to the oldest. */
  readonly newestFirst: boolean;
  /** Events up to and with this one are left out, in the order of the reading. */
  readonly after: Position | undefined;
  /** Numbers of the events of a block that are wanted, in their order; all unless given. */
  readonly select?: (block: Block) => Iterable<number>;
  /** Takes an event; false if no more are wanted. */
  readonly take: (event: LogEvent, streamId: string) => boolean;
  /** Looked at after each event; a promise lets others work meanwhile. */
  readonly pause?: () => Promise<void> | undefined;
  /** Looked at before each batch; true to stop there. */
  readonly isTired?: (examined: number) => boolean;
}

/** Where a reading that was tired goes on: at the events of this time. */
export interface Tired {
  readonly time: number;
}

/** Events of an opened batch that are still to be taken, the next one last. */
interface Opened {
  readonly streamId: string;
  readonly block: Block;
  readonly numbers: number[];
  next: LogEvent;
}

export interface ReaderOptions {
  readonly batches: Pick<BatchRecords, "list" | "data">;
  readonly keys: Pick<DataKeys, "get">;
}

/** The block of a batch; `undefined` if it is gone. May throw a `KmsRefusal`. */
export async function openBatch(
  { batches, keys }: { readonly batches: Pick<BatchRecords, "data">; readonly keys: Pick<DataKeys, "get"> },
  group: Group,
  { id, keyId }: Pick<BatchSummary, "id" | "keyId">,
  data?: Uint8Array,
): Promise<Block | undefined> {
  const sealed = data ?? (await batches.data(id));
  if (!sealed) return undefined;
  const packed = (await keys.get(group, keyId)).open(sealed, id);
  if (!packed) throw new Error(`Cannot open the log events ${id}: they were changed`);
  return unpack(packed);
}

/**
 * Reads events of a group in the order of their time. It opens only the batches whose times it has come to, so that memory
 * depends on how many batches lie over one another, not on how many there are.
 */
export async function readEvents(options: ReaderOptions, group: Group, reading: Reading): Promise<Tired | undefined> {
  let { after } = reading;
  const take = (event: LogEvent, streamId: string) => {
    after = event;
    return reading.take(event, streamId);
  };
  for (;;) {
    const outcome = await readOnce(options, group, { ...reading, after, take });
    // What is in a merged batch keeps its position, so the reading goes on behind the last event.
    if (outcome !== "merged") return outcome;
  }
}

async function readOnce(options: ReaderOptions, group: Group, reading: Reading): Promise<Tired | "merged" | undefined> {
  const { range, newestFirst, after, take, isTired } = reading;
  const sign = newestFirst ? -1 : 1;
  const compare = (one: Position, other: Position) => sign * comparePositions(one, other);
  const startOf = ({ firstAt, lastAt }: BatchSummary) => (newestFirst ? lastAt : firstAt);
  const upcoming = summaries(options.batches, range, newestFirst);
  const opened: Opened[] = [];
  let examined = 0;

  /** False if the batch is gone. */
  async function open(summary: BatchSummary): Promise<boolean> {
    const block = await openBatch(options, group, summary);
    if (!block) return false;
    examined += block.text.length;
    const numbers = [...(reading.select?.(block) ?? block.timestamps.keys())];
    const wanted = numbers.filter((number) => {
      const timestamp = at(block.timestamps, number);
      if (timestamp < range.from || timestamp > range.to) return false;
      return after === undefined || compare(positionAt(block, number), after) > 0;
    });
    if (!newestFirst) wanted.reverse();
    const number = wanted.pop();
    if (number !== undefined) {
      opened.push({ streamId: summary.streamId, block, numbers: wanted, next: eventAt(block, number) });
    }
    return true;
  }

  let coming = await upcoming.next();
  for (;;) {
    let first = earliest(opened, compare);
    while (!coming.done && (first === undefined || sign * (startOf(coming.value) - first.next.timestamp) <= 0)) {
      const time = startOf(coming.value);
      if (isTired?.(examined) && (after === undefined || sign * (time - after.timestamp) > 0)) return { time };
      if (!(await open(coming.value))) return "merged";
      coming = await upcoming.next();
      first = earliest(opened, compare);
    }
    if (first === undefined) return undefined;
    if (!take(first.next, first.streamId)) return undefined;
    const pausing = reading.pause?.();
    if (pausing) await pausing;
    const number = first.numbers.pop();
    if (number === undefined) opened.splice(opened.indexOf(first), 1);
    else first.next = eventAt(first.block, number);
  }
}

function earliest(opened: readonly Opened[], compare: (one: Position, other: Position) => number): Opened | undefined {
  let [first] = opened;
  for (const one of opened) if (first !== undefined && compare(one.next, first.next) < 0) first = one;
  return first;
}

async function* summaries(
  batches: Pick<BatchRecords, "list">,
  range: Range,
  newestFirst: boolean,
): AsyncGenerator<BatchSummary, undefined> {
  if (range.streamIds?.length === 0) return undefined;
  for (let after: BatchPosition | undefined; ; ) {
    const found = await batches.list(range, newestFirst, after, page);
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < page) return undefined;
    after = [newestFirst ? last.lastAt : last.firstAt, last.id];
  }
}
