import { constants, type KeyObject, sign, type VerifyKeyObjectInput, verify } from "node:crypto";
import type { SigningAlgorithmSpec } from "@aws-sdk/client-kms";
import { signEcdsaDigest, verifyEcdsaDigest } from "./ecdsa-digest.ts";
import { signEd25519Digest, verifyEd25519Digest } from "./ed25519-digest.ts";
import { type RsaScheme, signRsaDigest, verifyRsaDigest } from "./rsa-digest.ts";

/** A message, or its digest by the algorithm's hash. */
export interface Signed {
  readonly algorithm: SigningAlgorithmSpec;
  readonly bytes: Uint8Array;
  readonly isDigest: boolean;
}

type Hash = RsaScheme["hash"];
type Scheme = { readonly padding: "pkcs1" | "pss" | "ecdsa" | "ed25519"; readonly hash: Hash };

const digestLengths: Readonly<Record<Hash, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** The length of the digests that the algorithm signs; `undefined` if it signs messages only. */
export function digestLength(algorithm: SigningAlgorithmSpec): number | undefined {
  const scheme = schemeOf(algorithm);
  return scheme && digestLengths[scheme.hash];
}

/** The signature by a private key that fits the algorithm: RSA's as in RFC 8017, ECDSA's in DER. */
export async function signatureOf(key: KeyObject, { algorithm, bytes, isDigest }: Signed): Promise<Uint8Array> {
  const scheme = schemeOf(algorithm);
  if (!scheme || !isDigest) {
    return new Promise((resolve, reject) =>
      sign(scheme?.hash, bytes, options(key, scheme), (error, signature) =>
        error ? reject(error) : resolve(signature),
      ),
    );
  }
  const { padding, hash } = scheme;
  if (padding === "ecdsa") return signEcdsaDigest(key, bytes);
  return padding === "ed25519" ? signEd25519Digest(key, bytes) : signRsaDigest(key, { padding, hash }, bytes);
}

/** Verifies the signature with the public half of the private key. */
export async function isSignatureOf(
  key: KeyObject,
  { algorithm, bytes, isDigest }: Signed,
  signature: Uint8Array,
): Promise<boolean> {
  const scheme = schemeOf(algorithm);
  if (!scheme || !isDigest) {
    return new Promise((resolve, reject) =>
      verify(scheme?.hash, bytes, options(key, scheme), signature, (error, isValid) =>
        error ? reject(error) : resolve(isValid),
      ),
    );
  }
  const { padding, hash } = scheme;
  if (padding === "ecdsa") return verifyEcdsaDigest(key, bytes, signature);
  if (padding === "ed25519") return verifyEd25519Digest(key, bytes, signature);
  return verifyRsaDigest(key, { padding, hash }, bytes, signature);
}

function options(key: KeyObject, scheme: Scheme | undefined): VerifyKeyObjectInput {
  if (scheme?.padding !== "pss") return { key };
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}

/** `undefined` for the algorithms that hash in their own way. */
function schemeOf(algorithm: SigningAlgorithmSpec): Scheme | undefined {
  if (algorithm === "ED25519_PH_SHA_512") return { padding: "ed25519", hash: "sha512" };
  const [, family, bits] = /^(RSASSA_PKCS1_V1_5|RSASSA_PSS|ECDSA)_SHA_(256|384|512)$/.exec(algorithm) ?? [];
  if (family === undefined) return undefined;
  const padding = family === "ECDSA" ? "ecdsa" : family === "RSASSA_PSS" ? "pss" : "pkcs1";
  return { padding, hash: `sha${bits}` as Hash };
}
