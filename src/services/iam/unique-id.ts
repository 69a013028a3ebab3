import type { Ids } from "../../ids.ts";

/** The digits of base 32. */
export const idAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Set in every identifier since March 2019. Older ones do not hold the account. */
const holdsAccount = 1n << 47n;

/** `ASIA` and `AKIA` are access keys, `APKA` public keys, the others are resources. */
type IdPrefix = "AROA" | "AIDA" | "AGPA" | "AIPA" | "ANPA" | "ASCA" | "ACCA" | "AKIA" | "ASIA" | "APKA";

/** The prefixes of keys. */
const keys: readonly IdPrefix[] = ["AKIA", "ASIA", "APKA"];

/**
 * An identifier in AWS's form: after the prefix, base 32 of the account and of random bits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function uniqueId(prefix: IdPrefix, account: string, ids: Ids): string {
  const random = BigInt(`0x${ids.hex(5)}`);
  const head = holdsAccount | (BigInt(account) << 7n) | (random & 0x7fn);
  const bits = (head << 32n) | (random >> 8n);
  const text = Array.from({ length: 16 }, (_, index) => idAlphabet[Number((bits >> BigInt(75 - 5 * index)) & 31n)]);
  // Resources have one character more than keys.
  const tail = keys.includes(prefix) ? "" : ids.text(1, idAlphabet);
  return prefix + text.join("") + tail;
}

/** The account that `uniqueId` put into an identifier, or `undefined` where it holds none. */
export function accountOfId(id: string): string | undefined {
  const text = id.slice(4, 14);
  if (text.length < 10 || [...text].some((character) => !idAlphabet.includes(character))) return undefined;
  const bits = [...text].reduce((sum, character) => (sum << 5n) | BigInt(idAlphabet.indexOf(character)), 0n);
  const head = bits >> 2n;
  if ((head & holdsAccount) === 0n) return undefined;
  return String((head & (holdsAccount - 1n)) >> 7n).padStart(12, "0");
}

/** A key pair as AWS makes them; the secret has 240 random bits. */
export function newAccessKey(
  prefix: "AKIA" | "ASIA",
  account: string,
  ids: Ids,
): { readonly accessKeyId: string; readonly secretAccessKey: string } {
  return {
    accessKeyId: uniqueId(prefix, account, ids),
    secretAccessKey: Buffer.from(ids.hex(30), "hex").toString("base64"),
  };
}

/** The id of the user or role in a principal's user id: `AROA…` in `AROA…:session`. */
export function idWithoutSession(userId: string): string {
  const [id = ""] = userId.split(":");
  return id;
}
