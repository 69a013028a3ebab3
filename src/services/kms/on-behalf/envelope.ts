import { createSecretKey, randomBytes } from "node:crypto";
import { decrypt, encrypt } from "../../../keyring/keyring.ts";

/** Neither a ciphertext blob's first byte nor a sealed row's. */
const format = 0x45;
const keyLength = 32;
const headerLength = 1 + 4;

/** A text under a data key of its own, with that key as KMS encrypted it. */
export interface Envelope {
  readonly encryptedKey: Uint8Array;
  readonly header: Uint8Array;
  readonly sealed: Uint8Array;
}

/**
 * Encrypts under a new data key, which `encryptKey` encrypts. Laid out as: format (1), length of the encrypted key (4), the
 * encrypted key, AES-256-GCM as `encrypt` has it. The encryption context is authenticated with the data key.
 */
export async function sealEnvelope(
  plaintext: Uint8Array,
  encryptKey: (dataKey: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const dataKey = randomBytes(keyLength);
  const encryptedKey = await encryptKey(dataKey);
  const header = Buffer.alloc(headerLength);
  header[0] = format;
  header.writeUInt32BE(encryptedKey.length, 1);
  const authenticated = Buffer.concat([header, encryptedKey]);
  const sealed = encrypt(createSecretKey(dataKey), plaintext, authenticated);
  dataKey.fill(0);
  return Buffer.concat([authenticated, sealed]);
}

/** The parts of an envelope; `undefined` for other bytes. */
export function parseEnvelope(text: Uint8Array): Envelope | undefined {
  if (text.length < headerLength || text[0] !== format) return undefined;
  const length = Buffer.from(text.buffer, text.byteOffset, text.byteLength).readUInt32BE(1);
  const end = headerLength + length;
  if (end > text.length) return undefined;
  return {
    encryptedKey: text.subarray(headerLength, end),
    header: text.subarray(0, end),
    sealed: text.subarray(end),
  };
}

/** The plaintext; `undefined` if any bit has changed. */
export function openEnvelope({ header, sealed }: Envelope, dataKey: Uint8Array): Uint8Array | undefined {
  return dataKey.length === keyLength ? decrypt(createSecretKey(dataKey), sealed, header) : undefined;
}
