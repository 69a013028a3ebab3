/** Every entry of a list that comes in pages. */
export async function allPages<T>(
  page: (
    token: string | undefined,
  ) => Promise<{ readonly items: readonly T[] | undefined; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let token: string | undefined; ; ) {
    const { items = [], next } = await page(token);
    all.push(...items);
    if (next === undefined) return all;
    token = next;
  }
}

/** Does `work` for each, some at the same time, and keeps the order. */
export async function forEachOf<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += atOnce) {
    results.push(...(await Promise.all(all.slice(start, start + atOnce).map(work))));
  }
  return results;
}

const atOnce = 8;

/** The list in parts that one request takes. */
export function partsOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
