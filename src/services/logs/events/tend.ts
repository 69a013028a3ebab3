import type { Ids } from "../../../ids.ts";
import { kmsRefusalOf } from "../../kms/index.ts";
import { expiry, type Group } from "../groups/group.ts";
import { kept } from "../insights/queries/query.ts";
import type { LogsStore } from "../store.ts";
import type { Batch } from "./batch-records.ts";
import { type Block, blockFrom, pack, positionAt } from "./block.ts";
import { comparePositions, newBatchId } from "./event-id.ts";
import { openBlock } from "./open.ts";

/** Bytes: smaller batches are merged, up to this size. */
const target = 1024 * 1024;
const smallest = target / 4;

/** Milliseconds after which a batch is merged: whoever follows the stream has read it by then. */
const settled = 60_000;

/** Batches that are merged at a time, and streams that are worked on in a round. */
const [mostBatches, mostStreams] = [1_000, 100];

export interface TendOptions {
  readonly store: LogsStore;
  readonly ids: Pick<Ids, "timedUuid">;
  readonly now: Date;
}

/** Deletes events that have expired or whose stream is gone and queries of last week, and merges small batches. May be done twice at a time. */
export async function tendLogs(options: TendOptions): Promise<void> {
  const { store, now } = options;
  const time = now.getTime();
  for (const group of await store.groups.allThatExpire()) {
    await store.batches.deleteExpired(group.id, expiry(group, time));
  }
  await store.batches.deleteUnowned();
  await store.queries.deleteBefore(time - kept);
  for (const { groupId, streamId, keyId } of await store.batches.fragmented(smallest, time - settled, mostStreams)) {
    const group = await store.groups.findById(groupId);
    if (group) await mergeStream(options, group, streamId, keyId);
  }
}

async function mergeStream(options: TendOptions, group: Group, streamId: string, keyId: string): Promise<void> {
  // What is still to be delivered to subscribers stays as it is.
  const undelivered = (await options.store.subscriptions.undeliveredSince(group.id)) ?? Number.POSITIVE_INFINITY;
  const before = Math.min(options.now.getTime() - settled, undelivered);
  const small = await options.store.batches.small(streamId, keyId, smallest, before, mostBatches);
  let together: Batch[] = [];
  let size = 0;
  for (const batch of small) {
    if (size + batch.size > target) {
      await merge(options, group, together);
      together = [];
      size = 0;
    }
    together.push(batch);
    size += batch.size;
  }
  await merge(options, group, together);
}

async function merge({ store, ids, now }: TendOptions, group: Group, batches: readonly Batch[]): Promise<void> {
  const [first] = batches;
  if (first === undefined || batches.length < 2) return;
  const key = await store.keys.get(group, first.keyId).catch((error: unknown) => {
    // While the KMS key may not be used, the batches stay as they are.
    if (kmsRefusalOf(error)) return undefined;
    throw error;
  });
  if (!key) return;
  const events: (readonly [Block, number])[] = [];
  for (const batch of batches) {
    const block = await openBlock(batch, batch.data, key);
    for (const number of block.columns.timestamps.keys()) events.push([block, number]);
  }
  events.sort((one, other) => comparePositions(positionAt(...one), positionAt(...other)));
  const id = newBatchId(ids, now);
  const data = key.seal(await pack(blockFrom(events)), id);
  await store.batches.replace(
    batches.map((batch) => batch.id),
    {
      ...{ id, groupId: first.groupId, streamId: first.streamId, keyId: first.keyId, data, events: events.length },
      firstAt: Math.min(...batches.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...batches.map(({ lastAt }) => lastAt)),
      ingestedAt: Math.max(...batches.map(({ ingestedAt }) => ingestedAt)),
      size: batches.reduce((sum, batch) => sum + batch.size, 0),
    },
  );
}
