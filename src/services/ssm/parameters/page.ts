import type { ParameterSummary } from "./parameter.ts";

/** Parameters that one request reads at most. AWS, too, ends a page early if it takes long, with a token to go on. */
const maximumScanned = 10_000;
const batchSize = 500;

/** A page of a search. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The name behind which the search goes on; `undefined` at its end. */
  readonly next: string | undefined;
}

interface PageOptions<T> {
  /** Items of the page, at most. */
  readonly size: number;
  readonly after: string | undefined;
  /** Reads parameters, sorted by name. */
  read(after: string | undefined, limit: number): Promise<readonly ParameterSummary[]>;
  /** Picks items from these parameters, in the same order. */
  select(parameters: readonly ParameterSummary[]): Promise<readonly T[]>;
}

/** The next page of the items that `select` picks. */
export async function nextPage<T extends { readonly name: string }>(options: PageOptions<T>): Promise<Page<T>> {
  const { size, read, select } = options;
  const items: T[] = [];
  let after = options.after;
  // If all are picked, the first batch is enough.
  let limit = size + 1;
  for (let scanned = 0; scanned < maximumScanned; ) {
    const batch = await read(after, limit);
    items.push(...(await select(batch)));
    if (items.length > size) return { items: items.slice(0, size), next: items[size - 1]?.name };
    if (batch.length < limit) return { items, next: undefined };
    scanned += batch.length;
    after = batch[batch.length - 1]?.name;
    limit = batchSize;
  }
  return { items, next: after };
}
