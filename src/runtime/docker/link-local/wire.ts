/** The frames between this process and `door.c`: kind, 0, length of the body and id, little endian; then the body. */
export interface WireFrame {
  readonly kind: number;
  /** A connection's, which no other ever has; that of `listen` and `redirect` is the port that was asked for. */
  readonly id: number;
  readonly body: Buffer;
}

/** From this process. */
export const order = { listen: 1, data: 2, end: 3, drop: 4, redirect: 5, taken: 6 } as const;

/** From the program. */
export const news = { listening: 1, data: 2, end: 3, gone: 4, opened: 5, sent: 6, redirected: 7 } as const;

/** Bytes of one connection that may be under way in one direction. */
export const windowSize = 64 * 1024;

/** Largest body of a frame, in bytes. */
export const pieceSize = 16 * 1024;

const headerSize = 8;

export function encode(kind: number, id: number, body: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.alloc(headerSize);
  header.writeUInt8(kind, 0);
  header.writeUInt16LE(body.length, 2);
  header.writeUInt32LE(id, 4);
  return Buffer.concat([header, body]);
}

/** A body of one number. */
export function numberBody(value: number): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt32LE(value);
  return body;
}

export async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<WireFrame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= headerSize) {
      const end = headerSize + rest.readUInt16LE(2);
      if (rest.length < end) break;
      yield { kind: rest.readUInt8(0), id: rest.readUInt32LE(4), body: rest.subarray(headerSize, end) };
      rest = rest.subarray(end);
    }
  }
}
