import { createHash, type KeyObject } from "node:crypto";
import { eddsa } from "@noble/curves/abstract/edwards.js";
import { ed25519 } from "@noble/curves/ed25519.js";

/** What Ed25519ph puts before all that it hashes: `dom2` of https://www.rfc-editor.org/rfc/rfc8032#section-5.1, without a context. */
const domain = Buffer.concat([Buffer.from("SigEd25519 no Ed25519 collisions"), Buffer.of(1, 0)]);

/** Ed25519ph over a given SHA-512 digest, which `node:crypto` does not have. */
const scheme = eddsa(ed25519.Point, (message: Uint8Array) => createHash("sha512").update(message).digest(), {
  domain: (bytes: Uint8Array) => Uint8Array.from(Buffer.concat([domain, bytes])),
  adjustScalarBytes: pruned,
  zip215: false,
});

export function signEd25519Digest(key: KeyObject, digest: Uint8Array): Uint8Array {
  return scheme.sign(Uint8Array.from(digest), part(key, "d"));
}

/** `false` also for bytes that are no signature. */
export function verifyEd25519Digest(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  return scheme.verify(Uint8Array.from(signature), Uint8Array.from(digest), part(key, "x"));
}

/** https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5 */
function pruned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const scalar = Uint8Array.from(bytes);
  scalar[0] = (scalar[0] ?? 0) & 248;
  scalar[31] = ((scalar[31] ?? 0) & 127) | 64;
  return scalar;
}

/** The seed (`d`) or the public key (`x`) of a private key. */
function part(key: KeyObject, name: "d" | "x"): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url"));
}
