import { randomBytes, randomFillSync, randomInt, randomUUID } from "node:crypto";

/** Makes all identifiers. They are random, so that nobody can guess one from another. */
export interface Ids {
  /** An RFC 4122 version 4 UUID. */
  uuid(): string;
  /**
   * Makes an RFC 9562 version 7 UUID of a time. UUIDs sort by their milliseconds. Those that one process makes of the same
   * millisecond sort in the order in which it makes them.
   */
  timedUuid(time: Date): string;
  /** `bytes` random bytes in lower-case hexadecimal. */
  hex(bytes: number): string;
  /** `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
}

export const randomIds: Ids = {
  uuid: randomUUID,
  timedUuid,
  hex: (bytes) => randomBytes(bytes).toString("hex"),
  text: (length, alphabet) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(""),
};

const mostInMillisecond = 0xfff;
let last = { milliseconds: Number.NaN, prefix: "", count: 0 };

function timedUuid(time: Date): string {
  const milliseconds = time.getTime();
  if (milliseconds !== last.milliseconds)
    last = { milliseconds, prefix: `${timedUuidPrefix(milliseconds)}-7`, count: 0 };
  else if (last.count < mostInMillisecond) last.count++;
  const digits = randomDigits();
  // The variant's two bits, and the 62 bits of chance.
  const variant = variants[Number.parseInt(digits.slice(0, 1), 16) & 3];
  const count = last.count.toString(16).padStart(3, "0");
  return `${last.prefix}${count}-${variant}${digits.slice(1, 4)}-${digits.slice(4)}`;
}

const variants = ["8", "9", "a", "b"] as const;

/** Bytes that wait to be used. To ask for eight bytes at a time takes longer than all the rest of an id. */
const pool = Buffer.alloc(2048);
let used = pool.length;

/** 16 random hexadecimal digits. */
function randomDigits(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 8;
  return pool.toString("hex", used - 8, used);
}

/** The first 12 digits of the timed UUIDs of a millisecond since 1970, with the hyphen. All later UUIDs are greater. */
export function timedUuidPrefix(milliseconds: number): string {
  const digits = Math.max(0, Math.floor(milliseconds)).toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}

/** The milliseconds since 1970 of a timed UUID. */
export function timeOfUuid(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
