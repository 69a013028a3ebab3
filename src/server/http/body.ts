import type { IncomingMessage } from "node:http";
import type { Deadlines } from "./deadlines.ts";

/** A request's body. It can be read once, as a whole or in pieces. */
export interface Body extends AsyncIterable<Buffer> {
  /**
   * Reads the whole body. It reads and drops a body of more than `most` bytes, because a client that is still sending would
   * lose the answer with the connection. Resolves to `aborted` if the client went away. `longer`: milliseconds that it may take
   * beyond the mount's patience.
   */
  read(most: number, longer?: number): Promise<Buffer | "too large" | "aborted">;
}

/** The client sent more than the mount accepts. */
export class BodyTooLarge extends Error {}

export interface BodyLimits {
  /** Bytes. */
  readonly largest: number;
  /** Milliseconds for the whole body, or for each piece of a streamed one. */
  readonly patience: number;
}

export function requestBody(
  incoming: IncomingMessage,
  { largest, patience }: BodyLimits,
  deadlines: Deadlines,
  onLate: () => void,
): Body {
  return {
    async read(most, longer = 0) {
      const cancel = deadlines.set(patience + longer, onLate);
      try {
        return await readAll(incoming, Math.min(most, largest));
      } finally {
        cancel();
      }
    },
    async *[Symbol.asyncIterator]() {
      let length = 0;
      const pieces: AsyncIterator<Buffer> = incoming[Symbol.asyncIterator]();
      try {
        for (;;) {
          const cancel = deadlines.set(patience, onLate);
          const piece = await pieces.next().finally(cancel);
          if (piece.done) return;
          length += piece.value.length;
          if (length > largest) throw new BodyTooLarge(`The body has more than ${largest} bytes`);
          yield piece.value;
        }
      } finally {
        // Drops what was not read, so that the connection can carry the answer.
        incoming.resume();
      }
    },
  };
}

function readAll(incoming: IncomingMessage, most: number): Promise<Buffer | "too large" | "aborted"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) chunks.length = 0;
      else chunks.push(chunk);
    });
    incoming.on("end", () => {
      if (length > most) return resolve("too large");
      const [first] = chunks;
      resolve(chunks.length === 1 && first ? first : Buffer.concat(chunks));
    });
    incoming.on("error", () => resolve("aborted"));
    // After "end" this changes nothing.
    incoming.on("close", () => resolve("aborted"));
  });
}
