import {
  constants,
  createHash,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { modulusLength } from "./key-details.ts";

/**
 * RSA signatures of a given digest. `node:crypto` only signs messages that it hashes itself, so the encodings of RFC 8017
 * are made here and the RSA operation is OpenSSL's.
 */
export interface RsaScheme {
  readonly padding: "pkcs1" | "pss";
  readonly hash: "sha256" | "sha384" | "sha512";
}

/** DER of a DigestInfo up to the digest: RFC 8017, section 9.2, note 1. */
const digestInfos = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

export function signRsaDigest(key: KeyObject, { padding, hash }: RsaScheme, digest: Uint8Array): Uint8Array {
  if (padding === "pkcs1") {
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(hash, digest));
  }
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(hash, digest, modulusLength(key) - 1));
}

/** `false` also for bytes that cannot be a signature of that key. */
export function verifyRsaDigest(
  key: KeyObject,
  { padding, hash }: RsaScheme,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== Math.ceil(modulusLength(key) / 8)) return false;
  const isPkcs1 = padding === "pkcs1";
  let encoded: Buffer;
  try {
    encoded = publicDecrypt(
      { key, padding: isPkcs1 ? constants.RSA_PKCS1_PADDING : constants.RSA_NO_PADDING },
      signature,
    );
  } catch {
    // OpenSSL refuses a number above the modulus, and one without the padding.
    return false;
  }
  return isPkcs1
    ? sameBytes(encoded, digestInfo(hash, digest))
    : verifyPss(hash, digest, encoded, modulusLength(key) - 1);
}

function digestInfo(hash: RsaScheme["hash"], digest: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(digestInfos[hash], "hex"), digest]);
}

/** EMSA-PSS-ENCODE (RFC 8017, section 9.1.1) with MGF1 of the same hash and a salt as long as the digest, as on AWS. */
function encodePss(hash: RsaScheme["hash"], digest: Uint8Array, bits: number): Buffer {
  const length = Math.ceil(bits / 8);
  const salt = randomBytes(digest.length);
  const proof = saltedHash(hash, digest, salt);
  const zeros = Buffer.alloc(length - salt.length - proof.length - 2);
  const block = xor(Buffer.concat([zeros, Buffer.of(1), salt]), mask(hash, proof, length - proof.length - 1));
  block.writeUInt8(block.readUInt8() & (0xff >> (8 * length - bits)));
  return Buffer.concat([block, proof, Buffer.of(0xbc)]);
}

/** EMSA-PSS-VERIFY (RFC 8017, section 9.1.2). */
function verifyPss(hash: RsaScheme["hash"], digest: Uint8Array, encoded: Buffer, bits: number): boolean {
  const length = Math.ceil(bits / 8);
  const firstBits = 0xff >> (8 * length - bits);
  if (encoded.length !== length || encoded.at(-1) !== 0xbc || (encoded.readUInt8() & ~firstBits) !== 0) return false;
  const blockLength = length - digest.length - 1;
  const proof = encoded.subarray(blockLength, -1);
  const block = xor(encoded.subarray(0, blockLength), mask(hash, proof, blockLength));
  block.writeUInt8(block.readUInt8() & firstBits);
  const salt = block.subarray(-digest.length);
  const before = Buffer.alloc(blockLength - salt.length);
  before[before.length - 1] = 1;
  return sameBytes(block.subarray(0, before.length), before) && sameBytes(proof, saltedHash(hash, digest, salt));
}

function saltedHash(hash: string, digest: Uint8Array, salt: Uint8Array): Buffer {
  return createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
}

/** MGF1 (RFC 8017, appendix B.2.1). */
function mask(hash: string, seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let made = 0; made < length; ) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(parts.length);
    const part = createHash(hash).update(seed).update(counter).digest();
    parts.push(part);
    made += part.length;
  }
  return Buffer.concat(parts, length);
}

function xor(left: Uint8Array, right: Uint8Array): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
