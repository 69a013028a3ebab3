import type { CipherKey } from "node:crypto";
import { crc32 } from "node:zlib";
import { decrypt, encrypt } from "../../../keyring/keyring.ts";

/** Pairs that are authenticated with a ciphertext and needed to decrypt it. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** A ciphertext blob's readable part: the key and its material that made it. Not yet authenticated. */
export interface Ciphertext {
  readonly keyId: string;
  readonly materialVersion: number;
  readonly header: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Not the keyring's: a text is never taken for one of another format. */
const format = 0x54;
const idLength = 16;
const kinds = { uuid: 0, multiRegion: 1 };
const headerLength = 2 + idLength + 4 + 4;
const multiRegionPrefix = "mrk-";

/**
 * Encrypts under `material`. A blob is: format (1), kind of key id (1), key id (16), material version (4), CRC-32 of these
 * (4), AES-256-GCM as `encrypt` has it. The checksum tells a damaged header from one whose key is gone.
 */
export function sealCiphertext(
  key: { readonly id: string; readonly materialVersion: number },
  material: CipherKey,
  plaintext: Uint8Array,
  context: EncryptionContext,
): Uint8Array {
  const header = Buffer.alloc(headerLength);
  const isMultiRegion = key.id.startsWith(multiRegionPrefix);
  header[0] = format;
  header[1] = isMultiRegion ? kinds.multiRegion : kinds.uuid;
  header.write(isMultiRegion ? key.id.slice(multiRegionPrefix.length) : key.id.replaceAll("-", ""), 2, "hex");
  header.writeUInt32BE(key.materialVersion, 2 + idLength);
  header.writeUInt32BE(checksum(header), headerLength - 4);
  return Buffer.concat([header, encrypt(material, plaintext, authenticated(header, context))]);
}

/** The parts of a blob, or `undefined` for bytes that cannot be one. */
export function parseCiphertext(blob: Uint8Array): Ciphertext | undefined {
  if (blob.length <= headerLength || blob[0] !== format) return undefined;
  const header = Buffer.from(blob.buffer, blob.byteOffset, headerLength);
  if (header.readUInt32BE(headerLength - 4) !== checksum(header)) return undefined;
  const hex = header.toString("hex", 2, 2 + idLength);
  return {
    keyId: header[1] === kinds.multiRegion ? multiRegionPrefix + hex : uuidOf(hex),
    materialVersion: header.readUInt32BE(2 + idLength),
    header,
    sealed: blob.subarray(headerLength),
  };
}

function checksum(header: Buffer): number {
  return crc32(header.subarray(0, headerLength - 4));
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The plaintext, or `undefined` if any bit of the blob or the context has changed. */
export function openCiphertext(
  { header, sealed }: Ciphertext,
  material: CipherKey,
  context: EncryptionContext,
): Uint8Array | undefined {
  return decrypt(material, sealed, authenticated(header, context));
}

/** The header and the pairs in a fixed order, so that a context's order in the request does not matter. */
function authenticated(header: Uint8Array, context: EncryptionContext): Uint8Array {
  const pairs = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
