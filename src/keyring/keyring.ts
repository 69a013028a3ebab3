import { type CipherKey, createCipheriv, createDecipheriv, createSecretKey, randomBytes } from "node:crypto";

/** Seals data that nobody may read in storage, with AES-256-GCM under one root key of 32 bytes. */
export interface Keyring {
  /** Seals for one `purpose`, which is authenticated too: data sealed for one row or use does not open for another. */
  seal(plaintext: Uint8Array, purpose: string): Uint8Array;
  /** Returns the plaintext, or `undefined` if this keyring did not seal the data for this purpose. */
  open(sealed: Uint8Array, purpose: string): Uint8Array | undefined;
}

const format = 1;
const nonceLength = 12;
const tagLength = 16;

/** Makes a keyring for a root key of 32 bytes. Sealed data is: format (1), nonce (12), ciphertext, tag (16). */
export function keyring(rootKey: Uint8Array): Keyring {
  if (rootKey.length !== 32) throw new Error(`Cannot use a root key of ${rootKey.length} bytes: it must have 32`);
  const key = createSecretKey(rootKey);
  return {
    seal: (plaintext, purpose) => encrypt(key, plaintext, Buffer.from(purpose)),
    open: (sealed, purpose) => decrypt(key, sealed, Buffer.from(purpose)),
  };
}

/** AES-256-GCM with a random nonce, as `keyring` lays it out. A `KeyObject` is many times faster than bytes. */
export function encrypt(key: CipherKey, plaintext: Uint8Array, authenticated: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(authenticated);
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return Buffer.concat([Buffer.of(format), nonce, ciphertext, cipher.getAuthTag()]);
}

/** Reverses `encrypt`. Returns `undefined` if any bit was changed. */
export function decrypt(key: CipherKey, sealed: Uint8Array, authenticated: Uint8Array): Uint8Array | undefined {
  if (sealed.length < 1 + nonceLength + tagLength || sealed[0] !== format) return undefined;
  const nonce = sealed.subarray(1, 1 + nonceLength);
  const tag = sealed.subarray(sealed.length - tagLength);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  decipher.setAAD(authenticated).setAuthTag(tag);
  const plaintext = decipher.update(sealed.subarray(1 + nonceLength, sealed.length - tagLength));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plaintext;
}
