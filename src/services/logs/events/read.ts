import type { Group } from "../groups/group.ts";
import type { BatchPosition, BatchRecords, BatchSummary, Range } from "./batch-records.ts";
import type { Block, LogEvent } from "./block.ts";
import type { DataKey } from "./data-keys.ts";
import { comparePositions, type Position } from "./event-id.ts";
import { merge } from "./merge.ts";
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
  /** Bytes of batches that are held at a time. Where more lie over one another, batches are opened more than once. */
  readonly held?: number;
}

/** Where a reading that was tired goes on: at the events of this time. */
export interface Tired {
  readonly time: number;
}

/** Bytes of opened batches that a reading holds, unless it says otherwise. */
const heldAtMost = 16 * 1024 * 1024;

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
 * Reads events of a group in the order of their time. It opens only the batches whose times it has come to, and holds no more
 * of them than `held` says.
 */
export async function readEvents(options: ReaderOptions, group: Group, reading: Reading): Promise<Tired | undefined> {
  let { after } = reading;
  const take = (event: LogEvent, streamId: string) => {
    after = event;
    return reading.take(event, streamId);
  };
  for (;;) {
    const outcome = await readOnce(options, group, { ...reading, range: rangeBehind(reading, after), after, take });
    // What is in a merged batch keeps its position, so the reading goes on behind the last event.
    if (outcome !== "again") return outcome;
  }
}

/** What is still to be read. */
function rangeBehind({ range, newestFirst }: Reading, after: Position | undefined): Range {
  const { from, to } = range;
  if (!after) return range;
  return newestFirst
    ? { ...range, to: Math.min(to, after.timestamp) }
    : { ...range, from: Math.max(from, after.timestamp) };
}

async function readOnce(options: ReaderOptions, group: Group, reading: Reading): Promise<Tired | "again" | undefined> {
  const { range, newestFirst, after, take, isTired, search, held = heldAtMost } = reading;
  const sign = newestFirst ? -1 : 1;
  const startOf = ({ firstAt, lastAt }: BatchSummary) => (newestFirst ? lastAt : firstAt);
  const upcoming = ahead(summaries(options.batches, range, newestFirst), read, search ? atOnce : 1);
  using opened = merge(newestFirst, held);
  let examined = 0;

  /** `undefined` if the batch is gone. */
  async function read(summary: BatchSummary): Promise<Found | undefined> {
    const kept = await sealedBatch(options, group, summary);
    if (!kept) return undefined;
    if (search) return search(summary, kept.sealed, kept.key);
    const block = await openBlock(summary, kept.sealed, kept.key);
    return { block, examined: block.text.length };
  }

  function isWanted(position: Position): boolean {
    const { timestamp } = position;
    if (timestamp < range.from || timestamp > range.to) return false;
    return after === undefined || sign * comparePositions(position, after) > 0;
  }

  function isDue(summary: BatchSummary): boolean {
    return opened.until === undefined || sign * (startOf(summary) - opened.until) <= 0;
  }

  let coming = await upcoming.next();
  for (;;) {
    while (!coming.done && isDue(coming.value.summary)) {
      const { summary, opening } = coming.value;
      const time = startOf(summary);
      if (isTired?.(examined) && (after === undefined || sign * (time - after.timestamp) > 0)) return { time };
      const found = await opening;
      if (!found) return "again";
      examined += found.examined;
      if (found.block) opened.add(summary.streamId, found.block, isWanted);
      coming = await upcoming.next();
    }
    const next = opened.next();
    if (!next) return opened.isCut ? "again" : undefined;
    if (!take(next.event, next.streamId)) return undefined;
    const pausing = reading.pause?.();
    if (pausing) await pausing;
    opened.advance();
  }
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
