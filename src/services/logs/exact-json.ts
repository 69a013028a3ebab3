/** As many digits as the first whole number has that no `number` may hold. */
const long = /\d{16}/;

/** A whole number in decimal digits that may be too long for a `number`. */
export const longInteger = /^[+-]?\d{16,40}$/;

/** Parses JSON. Whole numbers that no `number` holds are texts, so that ids of 64 bits stay what they are. */
export function parseExactly(text: string): unknown {
  return long.test(text) ? JSON.parse(text, keepLong as (key: string, value: unknown) => unknown) : JSON.parse(text);
}

function keepLong(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  const isLong = typeof value === "number" && source !== undefined && longInteger.test(source);
  return isLong && !Number.isSafeInteger(value) ? source : value;
}
