import type { Group } from "../groups/group.ts";
import type { BatchRecords, BatchSummary } from "./batch-records.ts";
import { type Block, unpack } from "./block.ts";
import { columnsSize } from "./columns.ts";
import { decompress } from "./compression.ts";
import type { DataKey, DataKeys } from "./data-keys.ts";
import { isAlone, release } from "./release.ts";

export interface OpenOptions {
  readonly batches: Pick<BatchRecords, "data">;
  readonly keys: Pick<DataKeys, "get">;
}

/** A batch as it is kept, and its key; `undefined` if it is gone. May throw a `KmsRefusal`. */
export async function sealedBatch({ batches, keys }: OpenOptions, group: Group, { id, keyId }: BatchSummary) {
  const sealed = await batches.data(id);
  return sealed && { sealed, key: await keys.get(group, keyId) };
}

/** The events of a batch. Nobody else may use `sealed`. */
export async function openBlock({ id, size, events }: BatchSummary, sealed: Uint8Array, key: DataKey): Promise<Block> {
  const packed = key.open(sealed, id);
  if (!packed) throw new Error(`Cannot open the log events ${id}: they were changed`);
  if (isAlone(sealed)) release(sealed);
  const block = unpack(await decompress(packed, size + columnsSize(events)));
  release(packed);
  return block;
}

/** The block of a batch; `undefined` if it is gone. May throw a `KmsRefusal`. */
export async function openBatch(options: OpenOptions, group: Group, batch: BatchSummary): Promise<Block | undefined> {
  const kept = await sealedBatch(options, group, batch);
  return kept && openBlock(batch, kept.sealed, kept.key);
}
