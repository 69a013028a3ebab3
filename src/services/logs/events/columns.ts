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

/** Bytes of an event in packed columns. */
export const columnsWidth = 8 + 4 + 4 + 4;

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
export function packColumns({ timestamps, partOf, indexes, starts }: Columns, bytes: Uint8Array): void {
  const count = timestamps.length;
  const packed = packedColumns(bytes, count);
  for (let number = 0; number < count; number++) {
    packed.timestamps[number] = at(timestamps, number) - at(timestamps, number - 1);
    packed.partOf[number] = at(partOf, number) - at(partOf, number - 1);
    packed.indexes[number] = at(indexes, number) - at(indexes, number - 1);
    packed.lengths[number] = at(starts, number + 1) - at(starts, number);
  }
}

export function unpackColumns(bytes: Uint8Array, count: number): Columns {
  const packed = packedColumns(bytes, count);
  const columns = noColumns(count);
  for (let number = 0; number < count; number++) {
    columns.timestamps[number] = at(packed.timestamps, number) + at(columns.timestamps, number - 1);
    columns.partOf[number] = at(packed.partOf, number) + at(columns.partOf, number - 1);
    columns.indexes[number] = at(packed.indexes, number) + at(columns.indexes, number - 1);
    columns.starts[number + 1] = at(packed.lengths, number) + at(columns.starts, number);
  }
  return columns;
}

/** The columns in `bytes`, which are at a place in memory that is a multiple of eight. */
function packedColumns({ buffer, byteOffset }: Uint8Array, count: number) {
  return {
    timestamps: new Float64Array(buffer, byteOffset, count),
    partOf: new Int32Array(buffer, byteOffset + count * 8, count),
    indexes: new Int32Array(buffer, byteOffset + count * 12, count),
    lengths: new Uint32Array(buffer, byteOffset + count * 16, count),
  };
}
