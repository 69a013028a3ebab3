import { constants, type KeyObject, privateDecrypt, publicEncrypt } from "node:crypto";
import { modulusLength } from "./key-details.ts";

const hashes = { RSAES_OAEP_SHA_1: { name: "sha1", bytes: 20 }, RSAES_OAEP_SHA_256: { name: "sha256", bytes: 32 } };

export type RsaEncryption = keyof typeof hashes;

/** Bytes that the key encrypts: RFC 8017, section 7.1.1. */
export function largestPlaintext(algorithm: RsaEncryption, key: KeyObject): number {
  return modulusLength(key) / 8 - 2 * hashes[algorithm].bytes - 2;
}

/** OAEP by a private key's public half, with MGF1 of the same hash. */
export function encryptRsa(key: KeyObject, algorithm: RsaEncryption, plaintext: Uint8Array): Uint8Array {
  return publicEncrypt(padded(key, algorithm), plaintext);
}

/** `undefined` if the ciphertext was not made for this key and algorithm. */
export function decryptRsa(key: KeyObject, algorithm: RsaEncryption, ciphertext: Uint8Array): Uint8Array | undefined {
  try {
    return privateDecrypt(padded(key, algorithm), ciphertext);
  } catch {
    return undefined;
  }
}

function padded(key: KeyObject, algorithm: RsaEncryption) {
  return { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hashes[algorithm].name };
}
