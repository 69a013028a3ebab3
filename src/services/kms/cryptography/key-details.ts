import type { KeyObject } from "node:crypto";

/** Bits of an RSA key's modulus. */
export function modulusLength({ asymmetricKeyDetails }: KeyObject): number {
  const { modulusLength: bits } = asymmetricKeyDetails ?? {};
  if (bits === undefined) throw new Error("The key is not an RSA key");
  return bits;
}

/** An elliptic-curve key's curve, as OpenSSL names it. */
export function namedCurve({ asymmetricKeyDetails }: KeyObject): string {
  const { namedCurve: name } = asymmetricKeyDetails ?? {};
  if (name === undefined) throw new Error("The key is not an elliptic-curve key");
  return name;
}
