import { constants, createDecipheriv, type KeyObject, privateDecrypt } from "node:crypto";
import type { AlgorithmSpec, KeySpec, WrappingKeySpec } from "@aws-sdk/client-kms";
import { materialKind } from "../keys/spec.ts";

const hashes: Readonly<Partial<Record<AlgorithmSpec, "sha1" | "sha256">>> = {
  RSAES_OAEP_SHA_1: "sha1",
  RSAES_OAEP_SHA_256: "sha256",
  RSA_AES_KEY_WRAP_SHA_1: "sha1",
  RSA_AES_KEY_WRAP_SHA_256: "sha256",
};

/** RFC 5649's initial value: AES key wrap with padding. */
const initialValue = Buffer.from("a65959a6", "hex");
const wrappingKeyLength = 32;

/**
 * Why material for a key of that spec cannot be wrapped this way; `undefined` if it can.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html
 */
export function wrappingProblem(
  spec: KeySpec,
  algorithm: AlgorithmSpec,
  wrappingKeySpec: WrappingKeySpec,
): string | undefined {
  if (wrappingKeySpec === "SM2" || algorithm === "SM2PKE") return "SM2 is supported in China Regions only.";
  if (hashes[algorithm] === undefined) return `Wrapping algorithm ${algorithm} is deprecated and no longer supported.`;
  const kind = materialKind(spec)?.type;
  const isDirect = !isKeyWrap(algorithm);
  const isTooLarge = spec === "ECC_NIST_P521" && wrappingKeySpec === "RSA_2048";
  if (isDirect ? kind !== "rsa" && !isTooLarge : kind !== "secret") return undefined;
  return `Wrapping algorithm ${algorithm} with wrapping key spec ${wrappingKeySpec} is not valid for key spec ${spec}.`;
}

/** The material that was wrapped under the public half of `key`; `undefined` for other bytes. */
export function unwrapMaterial(key: KeyObject, algorithm: AlgorithmSpec, wrapped: Uint8Array): Uint8Array | undefined {
  const oaepHash = hashes[algorithm];
  if (oaepHash === undefined) return undefined;
  try {
    if (!isKeyWrap(algorithm)) return decrypt(key, oaepHash, wrapped);
    const length = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
    const aesKey = decrypt(key, oaepHash, wrapped.subarray(0, length));
    const rest = wrapped.subarray(length);
    // An empty text would unwrap to an empty material.
    if (aesKey.length !== wrappingKeyLength || rest.length === 0) return undefined;
    const cipher = createDecipheriv("id-aes256-wrap-pad", aesKey, initialValue);
    return Buffer.concat([cipher.update(rest), cipher.final()]);
  } catch {
    return undefined;
  }
}

function decrypt(key: KeyObject, oaepHash: string, wrapped: Uint8Array): Buffer {
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, wrapped);
}

function isKeyWrap(algorithm: AlgorithmSpec): boolean {
  return algorithm.startsWith("RSA_AES_KEY_WRAP_");
}
