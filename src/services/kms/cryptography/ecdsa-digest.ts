import { createECDH, type KeyObject } from "node:crypto";
import { namedCurve } from "./key-details.ts";

/**
 * ECDSA over a given digest (FIPS 186-5, section 6.4). `node:crypto` only signs messages that it hashes itself, so the
 * arithmetic modulo the curve's order is here; every multiplication of a point is OpenSSL's. No digest of KMS's algorithms
 * is longer than its curve's order.
 */
const orders: Readonly<Record<string, bigint>> = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp384r1: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  secp521r1:
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
};

/** The signature in DER. */
export function signEcdsaDigest(key: KeyObject, digest: Uint8Array): Uint8Array {
  const { curve, order, secret } = read(key);
  const hashed = number(digest);
  for (;;) {
    const once = randomScalar(curve);
    const r = mod(once.x, order);
    // The time of BigInt's arithmetic depends on its numbers: a secret is only used multiplied by a random number.
    const blind = randomScalar(curve).scalar;
    const blindedSecret = mod(blind * secret, order);
    const sum = mod(mod(blind * hashed, order) + r * blindedSecret, order);
    const s = mod(inverse(mod(once.scalar * blind, order), order) * sum, order);
    if (r !== 0n && s !== 0n) return encode(r, s);
  }
}

/** `false` also for bytes that are no signature in DER. */
export function verifyEcdsaDigest(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const { curve, order, secret } = read(key);
  const pair = decode(signature);
  if (!pair?.every((value) => value > 0n && value < order)) return false;
  const [r, s] = pair;
  // Verifiers compute the sum of points u1·G + u2·Q. With the private key it is one multiple of G.
  const blind = randomScalar(curve).scalar;
  const sum = mod(mod(blind * number(digest), order) + r * mod(blind * secret, order), order);
  const multiple = mod(sum * inverse(mod(s * blind, order), order), order);
  return multiple !== 0n && mod(xOf(curve, multiple), order) === r;
}

function read(key: KeyObject): { readonly curve: string; readonly order: bigint; readonly secret: bigint } {
  const curve = namedCurve(key);
  const order = orders[curve];
  const { d } = key.export({ format: "jwk" });
  if (order === undefined || d === undefined) throw new Error(`Cannot sign with the curve ${curve}`);
  return { curve, order, secret: number(Buffer.from(d, "base64url")) };
}

/** A random scalar, and the x coordinate of that multiple of G. */
function randomScalar(curve: string): { readonly scalar: bigint; readonly x: bigint } {
  const pair = createECDH(curve);
  const x = xIn(pair.generateKeys());
  return { scalar: number(pair.getPrivateKey()), x };
}

function xOf(curve: string, multiple: bigint): bigint {
  const pair = createECDH(curve);
  pair.setPrivateKey(bytes(multiple));
  return xIn(pair.getPublicKey());
}

/** The x coordinate in an uncompressed point. */
function xIn(point: Uint8Array): bigint {
  return number(point.subarray(1, 1 + (point.length - 1) / 2));
}

function mod(value: bigint, order: bigint): bigint {
  return value % order;
}

/** By Euclid's algorithm. */
function inverse(value: bigint, order: bigint): bigint {
  let [left, right] = [value, order];
  let [factor, next] = [1n, 0n];
  while (right !== 0n) {
    const quotient = left / right;
    [left, right] = [right, left - quotient * right];
    [factor, next] = [next, factor - quotient * next];
  }
  return factor < 0n ? factor + order : factor;
}

function number(value: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(value).toString("hex") || "0"}`);
}

function bytes(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
}

/** SEQUENCE { r INTEGER, s INTEGER } */
function encode(r: bigint, s: bigint): Buffer {
  return tagged(0x30, Buffer.concat([r, s].map((value) => tagged(0x02, positive(value)))));
}

/** The inverse of `encode`; `undefined` for any other bytes. */
function decode(der: Uint8Array): readonly [bigint, bigint] | undefined {
  // No sequence of KMS's curves is longer than 139 bytes; from 128 on its length takes two bytes.
  const start = der[1] === 0x81 ? 3 : 2;
  const rEnd = start + 2 + (der[start + 1] ?? 0);
  const r = number(der.subarray(start + 2, rEnd));
  const s = number(der.subarray(rEnd + 2));
  return encode(r, s).equals(der) ? [r, s] : undefined;
}

function positive(value: bigint): Buffer {
  const unsigned = bytes(value);
  return unsigned.readUInt8() & 0x80 ? Buffer.concat([Buffer.of(0), unsigned]) : unsigned;
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  return Buffer.concat([length < 0x80 ? Buffer.of(tag, length) : Buffer.of(tag, 0x81, length), content]);
}
