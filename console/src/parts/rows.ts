type Value = string | number | undefined;

/** A column whose cells have values. */
export interface Valued<Item> {
  readonly value?: (item: Item) => Value;
}

/** Numbers by size, texts as people sort them (`web-9` before `web-10`), what is missing last. */
export function compare(one: Value, other: Value): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  if (typeof one === "number" && typeof other === "number") return one - other;
  return collator.compare(String(one), String(other));
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** True if each word of the filter is somewhere in the row. */
export function matches<Item>(item: Item, text: string, columns: readonly Valued<Item>[]): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const row = columns.map(({ value }) => String(value?.(item) ?? "").toLowerCase());
  return words.every((word) => row.some((cell) => cell.includes(word)));
}

/** The order of rows by one column. With many rows it takes long to find, so it is kept for as long as their values stay. */
export class Ranks<Item> {
  #values: readonly Value[] = [];
  #ranks: readonly number[] = [];

  /** What to compare these rows by: rows of one value have one rank. */
  of(items: readonly Item[], value: (item: Item) => Value): ReadonlyMap<Item, number> {
    const values = items.map(value);
    if (values.length !== this.#values.length || values.some((one, index) => one !== this.#values[index])) {
      this.#values = values;
      this.#ranks = ranksOf(values);
    }
    return new Map(items.map((item, index) => [item, this.#ranks[index] ?? 0]));
  }
}

function ranksOf(values: readonly Value[]): readonly number[] {
  const order = values.map((_, index) => index).sort((one, other) => compare(values[one], values[other]));
  const ranks: number[] = new Array(values.length);
  let rank = 0;
  for (const [place, index] of order.entries()) {
    const before = order[place - 1];
    if (before !== undefined && compare(values[before], values[index]) !== 0) rank += 1;
    ranks[index] = rank;
  }
  return ranks;
}
