import type { CipherKey } from "node:crypto";
import { decrypt, encrypt } from "../../keyring/keyring.ts";

/** Pairs that are authenticated with a ciphertext and needed to decrypt it. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** A ciphertext blob's readable part: which key and which of its materials made it. Not yet authenticated. */
export interface Ciphertext {
  readonly keyId: string;
  readonly materialVersion: number;
  readonly header: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Not the keyring's: a ciphertext blob and a sealed row are never taken for each other. */
const format = 0x4b;
const idLength = 16;
const headerLength = 1 + idLength + 4;

/** Encrypts under `material`. A blob is: format (1), key id (16), material version (4), AES-256-GCM as `encrypt` has it. */
export function sealCiphertext(
  key: { readonly id: string; readonly materialVersion: number },
  material: CipherKey,
  plaintext: Uint8Array,
  context: EncryptionContext,
): Uint8Array {
  const header = Buffer.alloc(headerLength);
  header[0] = format;
  header.write(key.id.replaceAll("-", ""), 1, "hex");
  header.writeUInt32BE(key.materialVersion, 1 + idLength);
  return Buffer.concat([header, encrypt(material, plaintext, authenticated(header, context))]);
}

/** The parts of a blob, or `undefined` where it cannot be one. */
export function parseCiphertext(blob: Uint8Array): Ciphertext | undefined {
  if (blob.length <= headerLength || blob[0] !== format) return undefined;
  const header = Buffer.from(blob.buffer, blob.byteOffset, headerLength);
  return {
    keyId: uuidOf(header.toString("hex", 1, 1 + idLength)),
    materialVersion: header.readUInt32BE(1 + idLength),
    header,
    sealed: blob.subarray(headerLength),
  };
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The plaintext, or `undefined` where any bit of the blob or the context is not what it was. */
export function openCiphertext(
  { header, sealed }: Ciphertext,
  material: CipherKey,
  context: EncryptionContext,
): Uint8Array | undefined {
  return decrypt(material, sealed, authenticated(header, context));
}

/** The header and the pairs in one fixed order, so that a context's order in the request does not matter. */
function authenticated(header: Uint8Array, context: EncryptionContext): Uint8Array {
  const pairs = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
