/** What a packed block has beside its text, as differences, which compress to almost nothing. */
export interface Columns {
  readonly timestamps: Float64Array;
  /** Each event's part. */
  readonly partOf: Uint32Array;
  /** Each event's place in the request that brought it. */
  readonly indexes: Uint32Array;
  /** Where each message begins in the text, and where the last one ends. */
  readonly starts: Uint32Array;
}

/** Bytes of the packed columns of so many events. */
export function columnsSize(count: number): number {
  return count * (8 + 4 + 4 + 4) + 4;
}

export function noColumns(count: number): Columns {
  return {
    timestamps: new Float64Array(count),
    partOf: new Uint32Array(count),
    indexes: new Uint32Array(count),
    starts: new Uint32Array(count + 1),
  };
}

/** A value of a column. */
export function at(column: ArrayLike<number>, number: number): number {
  return column[number] ?? 0;
}

/** Writes columns to `bytes`, from its beginning. */
export function packColumns(columns: Columns, bytes: Uint8Array): void {
  const packed = columnsIn(bytes, columns.timestamps.length);
  for (const name of names) {
    const [from, to] = [columns[name], packed[name]];
    for (let number = 0; number < from.length; number++) to[number] = at(from, number) - at(from, number - 1);
  }
}

/** Makes the packed columns of `count` events at the beginning of `bytes` columns again, in their place. */
export function unpackColumns(bytes: Uint8Array, count: number): Columns {
  const columns = columnsIn(bytes, count);
  for (const name of names) {
    const column = columns[name];
    for (let number = 1; number < column.length; number++) column[number] = at(column, number) + at(column, number - 1);
  }
  return columns;
}

const names = ["timestamps", "partOf", "indexes", "starts"] as const;

/** The columns in `bytes`, which are at a place in memory that is a multiple of eight. Differences below 0 wrap around. */
function columnsIn({ buffer, byteOffset }: Uint8Array, count: number): Columns {
  return {
    timestamps: new Float64Array(buffer, byteOffset, count),
    partOf: new Uint32Array(buffer, byteOffset + count * 8, count),
    indexes: new Uint32Array(buffer, byteOffset + count * 12, count),
    starts: new Uint32Array(buffer, byteOffset + count * 16, count + 1),
  };
}
