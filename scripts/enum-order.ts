/** AWS's servers keep an enumeration's values in a hash table of so many buckets, however many values there are. */
const buckets = 32;

/**
 * An enumeration's values in the order in which AWS's violations list them, found from recorded messages: by the bucket of
 * the value's `String.hashCode` of Java; in a bucket the value that comes last in the model comes first. `values` are in the
 * model's order.
 */
export function enumOrder(values: readonly string[]): string[] {
  const table = Array.from({ length: buckets }, (): string[] => []);
  for (const value of values) table[hashCode(value) % buckets]?.unshift(value);
  return table.flat();
}

/** Java's `String.hashCode`, as an unsigned number. */
function hashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash >>> 0;
}
