import type { BatchSummary } from "../events/batch-records.ts";
import { blockFrom, releaseBlock } from "../events/block.ts";
import { columnsSize } from "../events/columns.ts";
import type { DataKey } from "../events/data-keys.ts";
import { openBlock } from "../events/open.ts";
import type { Found } from "../events/read.ts";
import { everything, type Filter } from "../filters/filter.ts";
import { selectMatches } from "../filters/select.ts";
import type { Searcher } from "./searcher.ts";

/** Bytes of messages that this thread searches by itself. Most searches need no other one. */
const few = 2 * 1024 * 1024;

/** Finds the events of a batch that match. Rejects if it cannot be opened. */
export type Search = (batch: BatchSummary, sealed: Uint8Array, key: DataKey) => Promise<Found>;

/** `undefined` where everything matches. */
export function searchFor(searcher: Searcher, filter: Filter, pattern: string): Search | undefined {
  if (filter === everything) return undefined;
  const select = selectMatches(filter);
  let asked = 0;
  return async (batch, sealed, key) => {
    asked += batch.size;
    if (asked > few) {
      const size = batch.size + columnsSize(batch.events);
      return searcher.search({ id: batch.id, sealed, size, key: key.secret, pattern });
    }
    const block = await openBlock(batch, sealed, key);
    const chosen = [...select(block)].map((number) => [block, number] as const);
    const found = { block: chosen.length > 0 ? blockFrom(chosen) : undefined, examined: block.text.length };
    releaseBlock(block);
    return found;
  };
}
