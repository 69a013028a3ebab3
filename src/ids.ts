import { randomBytes, randomInt, randomUUID } from "node:crypto";

/** Where every identifier comes from; random, so none can be guessed from another. */
export interface Ids {
  /** An RFC 4122 version 4 UUID. */
  uuid(): string;
  /** `bytes` random bytes in lower-case hexadecimal. */
  hex(bytes: number): string;
  /** `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
}

export const randomIds: Ids = {
  uuid: randomUUID,
  hex: (bytes) => randomBytes(bytes).toString("hex"),
  text: (length, alphabet) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(""),
};
