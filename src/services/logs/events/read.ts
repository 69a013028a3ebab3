import type { Group } from "../groups/group.ts";
import type { BatchPosition, BatchRecords, BatchSummary, Range } from "./batch-records.ts";
import { type Block, eventAt, type LogEvent, positionAt } from "./block.ts";
import { at } from "./columns.ts";
import type { DataKey } from "./data-keys.ts";
import { comparePositions, type Position } from "./event-id.ts";
import { type OpenOptions, openBlock, sealedBatch } from "./open.ts";

/** Batches whose summaries are read at a time. */
const page = 200;

/** Batches that a search unpacks at a time: other threads do that. */
const atOnce = 4;

export interface Reading {
  readonly range: Range;
  /** From the newest event to the oldest. */
  readonly newestFirst: boolean;
  /** Events up to and with this one are left out, in the order of the reading. */
  readonly after: Position | undefined;
  /** Finds what is wanted of a batch; all of it unless given. */
  readonly search?: (...batch: [BatchSummary, Uint8Array, DataKey]) => Promise<Found>;
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

export interface ReaderOptions extends OpenOptions {
  readonly batches: Pick<BatchRecords, "list" | "data">;
}

/** What is wanted of a batch. */
export interface Found {
  readonly block: Block | undefined;
  /** Bytes of all messages of the batch. */
  readonly examined: number;
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
  const { range, newestFirst, after, take, isTired, search } = reading;
  const sign = newestFirst ? -1 : 1;
  const compare = (one: Position, other: Position) => sign * comparePositions(one, other);
  const startOf = ({ firstAt, lastAt }: BatchSummary) => (newestFirst ? lastAt : firstAt);
  const upcoming = ahead(summaries(options.batches, range, newestFirst), read, search ? atOnce : 1);
  const opened: Opened[] = [];
  let examined = 0;

  /** `undefined` if the batch is gone. */
  async function read(summary: BatchSummary): Promise<Found | undefined> {
    const kept = await sealedBatch(options, group, summary);
    if (!kept) return undefined;
    if (search) return search(summary, kept.sealed, kept.key);
    const block = await openBlock(summary, kept.sealed, kept.key);
    return { block, examined: block.text.length };
  }

  function open({ streamId }: BatchSummary, block: Block): void {
    const numbers = [...block.columns.timestamps.keys()].filter((number) => {
      const timestamp = at(block.columns.timestamps, number);
      if (timestamp < range.from || timestamp > range.to) return false;
      return after === undefined || compare(positionAt(block, number), after) > 0;
    });
    if (!newestFirst) numbers.reverse();
    const number = numbers.pop();
    if (number !== undefined) opened.push({ streamId, block, numbers, next: eventAt(block, number) });
  }

  let coming = await upcoming.next();
  for (;;) {
    let first = earliest(opened, compare);
    while (
      !coming.done &&
      (first === undefined || sign * (startOf(coming.value.summary) - first.next.timestamp) <= 0)
    ) {
      const { summary, opening } = coming.value;
      const time = startOf(summary);
      if (isTired?.(examined) && (after === undefined || sign * (time - after.timestamp) > 0)) return { time };
      const found = await opening;
      if (!found) return "merged";
      examined += found.examined;
      if (found.block) open(summary, found.block);
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

interface Opening {
  readonly summary: BatchSummary;
  readonly opening: Promise<Found | undefined>;
}

/** Opens batches before they are asked for, `most` at a time. */
async function* ahead(
  coming: AsyncIterable<BatchSummary>,
  open: (summary: BatchSummary) => Promise<Found | undefined>,
  most: number,
): AsyncGenerator<Opening, undefined> {
  const waiting: Opening[] = [];
  for await (const summary of coming) {
    const opening = open(summary);
    // Nobody may ask for it any more.
    opening.catch(() => {});
    waiting.push({ summary, opening });
    if (waiting.length >= most) yield waiting.shift() as Opening;
  }
  yield* waiting;
  return undefined;
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
