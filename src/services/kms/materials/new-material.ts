import { createPrivateKey, createSecretKey, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { KeySpec } from "@aws-sdk/client-kms";
import { type MaterialKind, materialKind } from "../keys/spec.ts";

/** A key pair in DER. */
export interface KeyPair {
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** PKCS #8. */
  readonly privateKey: Uint8Array;
}

/** Makes a key pair of a spec. */
export type NewKeyPair = (spec: KeySpec) => Promise<KeyPair>;

type PairKind = Exclude<MaterialKind, { readonly type: "secret" }>;

/** As one function: `generateKeyPair` is overloaded by type. */
const generate = promisify(generateKeyPair) as (type: string, options: object) => Promise<KeyPair>;

/** A new key pair of that spec, made outside of the event loop. */
export const newKeyPair: NewKeyPair = async (spec) => {
  const kind = materialKind(spec);
  if (kind === undefined || kind.type === "secret") throw new Error(`${spec} is not a key pair's spec`);
  return generatePair(kind);
};

/** New material of that spec, as it is stored: a secret's bytes, or a private key in PKCS #8. */
export async function newMaterial(spec: KeySpec, newPair: NewKeyPair): Promise<Uint8Array> {
  const kind = knownKind(spec);
  if (kind.type === "secret") return randomBytes(kind.bytes);
  return (await newPair(spec)).privateKey;
}

/** The key in stored material. Throws if the bytes do not fit the spec. */
export function materialKey(spec: KeySpec, bytes: Uint8Array): KeyObject {
  if (knownKind(spec).type === "secret") return createSecretKey(bytes);
  const der = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function generatePair({ type, ...options }: PairKind): Promise<KeyPair> {
  return generate(type, {
    ...options,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
}

function knownKind(spec: KeySpec): MaterialKind {
  const kind = materialKind(spec);
  if (kind === undefined) throw new Error(`Keys of spec ${spec} cannot be made`);
  return kind;
}
