/** A part of a line, in bytes. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** What stands in place of a secret value. */
const mask = "***";

const maskBytes = Buffer.from(mask);

/** The bytes with a mask in place of each span. Spans are in order and do not touch one another. */
export function withMasks(data: Buffer, spans: readonly Span[]): Buffer {
  if (spans.length === 0) return data;
  const pieces: Buffer[] = [];
  let end = 0;
  for (const { start, length } of spans) {
    pieces.push(data.subarray(end, start), maskBytes);
    end = start + length;
  }
  return Buffer.concat([...pieces, data.subarray(end)]);
}
