import type { ParameterSummary } from "./parameter.ts";

/** Parameters that one request looks at; AWS too ends a page early that takes too long, with a token to go on. */
const maximumScanned = 10_000;
const batchSize = 500;

/** Some of what was searched for, and the name behind which the search goes on, if it does. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export interface PageOptions<T> {
  /** Most items of the page. */
  readonly size: number;
  readonly after: string | undefined;
  /** Parameters by their names. */
  read(after: string | undefined, limit: number): Promise<readonly ParameterSummary[]>;
  /** What of these parameters is searched for, in the same order. */
  select(parameters: readonly ParameterSummary[]): Promise<readonly T[]>;
}

/** The next page of what `select` picks. */
export async function nextPage<T extends { readonly name: string }>(options: PageOptions<T>): Promise<Page<T>> {
  const { size, read, select } = options;
  const items: T[] = [];
  let after = options.after;
  // Where all are wanted, the first batch is all that is needed.
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
