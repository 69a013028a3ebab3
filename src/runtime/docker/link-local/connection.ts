import { Duplex } from "node:stream";
import { numberBody, order, pieceSize, windowSize } from "./wire.ts";

/** One of the program's connections, as a socket of this process. */
export interface Connection {
  readonly stream: Duplex;
  /** What the program tells of it. */
  heard(data: Buffer): void;
  heardEnd(): void;
  sent(bytes: number): void;
  gone(): void;
}

type Send = (kind: number, id: number, body?: Uint8Array) => void;

export function openConnection(id: number, send: Send, onClosed: () => void): Connection {
  let isGone = false;
  /** Bytes that may be sent now. */
  let room = windowSize;
  /** Bytes that were handed on and that the program does not know of. */
  let taken = 0;
  const waiting: { data: Buffer; readonly done: () => void }[] = [];

  function flush(): void {
    for (let next = waiting[0]; next && room > 0; next = waiting[0]) {
      const piece = next.data.subarray(0, Math.min(room, pieceSize));
      send(order.data, id, piece);
      room -= piece.length;
      next.data = next.data.subarray(piece.length);
      if (next.data.length > 0) continue;
      waiting.shift();
      next.done();
    }
  }

  const stream = new Duplex({
    allowHalfOpen: true,
    read() {
      if (taken > 0 && !isGone) send(order.taken, id, numberBody(taken));
      taken = 0;
    },
    write(data: Buffer, _encoding, done) {
      waiting.push({ data, done });
      flush();
    },
    final(done) {
      if (!isGone) send(order.end, id);
      done();
    },
    destroy(error, done) {
      if (!isGone) send(order.drop, id);
      isGone = true;
      onClosed();
      done(error);
    },
  });
  stream.on("error", () => {}); // its user has seen it, or has gone

  return {
    stream,
    heard(data) {
      taken += data.length;
      if (stream.push(data)) stream.read(0);
    },
    heardEnd: () => void stream.push(null),
    sent(bytes) {
      room += bytes;
      flush();
    },
    gone() {
      isGone = true;
      stream.destroy();
    },
  };
}
