import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Ids } from "../../../ids.ts";
import type { SigningKey, TokenAlgorithm } from "./signing-keys.ts";

export interface NewSigningKey extends SigningKey {
  /** PKCS #8, in DER. */
  readonly privateKey: Uint8Array;
}

const generate = promisify(generateKeyPair);

const pairs: Readonly<Record<TokenAlgorithm, () => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>>> = {
  RS256: () => generate("rsa", { modulusLength: 2048 }),
  ES384: () => generate("ec", { namedCurve: "P-384" }),
};

/** Makes a key pair of an issuer. */
export async function newSigningKey(
  { account, algorithm, signsFrom }: Pick<SigningKey, "account" | "algorithm" | "signsFrom">,
  ids: Ids,
): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await pairs[algorithm]();
  return {
    ...{ id: ids.uuid(), account, algorithm, signsFrom },
    publicKey: { ...publicKey.export({ format: "jwk" }) },
    privateKey: privateKey.export({ format: "der", type: "pkcs8" }),
  };
}
