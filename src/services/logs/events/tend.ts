import type { Ids } from "../../../ids.ts";
import { kmsRefusalOf } from "../../kms/index.ts";
import { expiry, type Group } from "../groups/group.ts";
import { kept } from "../insights/queries/query.ts";
import type { LogsStore } from "../store.ts";
import type { BatchSummary, Fragmented } from "./batch-records.ts";
import { type Block, blockFrom, pack, positionAt, releaseBlock } from "./block.ts";
import type { DataKey } from "./data-keys.ts";
import { comparePositions, newBatchId } from "./event-id.ts";
import { openBatch } from "./open.ts";

/** Bytes up to which small batches are merged. */
const target = 1024 * 1024;

/** Milliseconds after which a batch is merged: whoever follows the stream has read it by then. */
const settled = 60_000;

/** Batches and streams that are listed at a time. */
const [mostBatches, mostStreams] = [1_000, 100];

/** Milliseconds of a round. */
const longest = 10_000;

export interface TendOptions {
  readonly store: LogsStore;
  readonly ids: Pick<Ids, "timedUuid">;
  readonly now: Date;
}

/**
 * Deletes events that have expired or whose stream is gone and queries of last week, and merges small batches. True if there is
 * more to merge. May be done twice at a time.
 */
export async function tendLogs(options: TendOptions): Promise<boolean> {
  const { store, now } = options;
  const time = now.getTime();
  for (const group of await store.groups.allThatExpire()) {
    await store.batches.deleteExpired(group.id, expiry(group, time));
  }
  await store.batches.deleteUnowned();
  await store.queries.deleteBefore(time - kept);
  const until = performance.now() + longest;
  const isOver = () => performance.now() > until;
  for (let after: Fragmented | undefined; ; ) {
    const found = await store.batches.fragmented(time - settled, after, mostStreams);
    for (const one of found) {
      if (isOver()) return true;
      const group = await store.groups.findById(one.groupId);
      if (group) await mergeStream(options, group, one, isOver);
    }
    after = found.at(-1);
    if (found.length < mostStreams) return false;
  }
}

async function mergeStream(
  options: TendOptions,
  group: Group,
  { streamId, keyId }: Fragmented,
  isOver: () => boolean,
): Promise<void> {
  const { store, now } = options;
  const key = await store.keys.get(group, keyId).catch((error: unknown) => {
    // While the KMS key may not be used, the batches stay as they are.
    if (kmsRefusalOf(error)) return undefined;
    throw error;
  });
  if (!key) return;
  // What is still to be delivered to subscribers stays as it is.
  const undelivered = (await store.subscriptions.undeliveredSince(group.id)) ?? Number.POSITIVE_INFINITY;
  const before = Math.min(now.getTime() - settled, undelivered);
  let hasMore = true;
  while (hasMore && !isOver()) {
    const listed = await store.batches.small(streamId, keyId, before, mostBatches);
    let hasMerged = false;
    for (const together of portions(listed)) hasMerged = (await merge(options, group, key, together)) || hasMerged;
    hasMore = hasMerged && listed.length === mostBatches;
  }
}

/** Batches that make one of about the target's size. */
function* portions(batches: readonly BatchSummary[]): Generator<readonly BatchSummary[]> {
  let together: BatchSummary[] = [];
  let size = 0;
  for (const batch of batches) {
    if (size + batch.size > target) {
      yield together;
      [together, size] = [[], 0];
    }
    together.push(batch);
    size += batch.size;
  }
  yield together;
}

async function merge(
  { store, ids, now }: TendOptions,
  group: Group,
  key: DataKey,
  batches: readonly BatchSummary[],
): Promise<boolean> {
  const [first] = batches;
  if (first === undefined || batches.length < 2) return false;
  const blocks: Block[] = [];
  const events: (readonly [Block, number])[] = [];
  for (const batch of batches) {
    const block = await openBatch(store, group, batch);
    // Somebody else has merged it.
    if (!block) return false;
    blocks.push(block);
    for (const number of block.columns.timestamps.keys()) events.push([block, number]);
  }
  events.sort((one, other) => comparePositions(positionAt(...one), positionAt(...other)));
  const id = newBatchId(ids, now);
  const merged = blockFrom(events);
  for (const block of blocks) releaseBlock(block);
  const packed = await pack(merged);
  releaseBlock(merged);
  return store.batches.replace(
    batches.map((batch) => batch.id),
    {
      ...{ id, groupId: first.groupId, streamId: first.streamId, keyId: first.keyId, data: key.seal(packed, id) },
      events: events.length,
      firstAt: Math.min(...batches.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...batches.map(({ lastAt }) => lastAt)),
      ingestedAt: Math.max(...batches.map(({ ingestedAt }) => ingestedAt)),
      size: batches.reduce((sum, batch) => sum + batch.size, 0),
    },
  );
}
