import assert from "node:assert/strict";
import { createHash, createPrivateKey } from "node:crypto";
import { test } from "node:test";
import { signEd25519Digest, verifyEd25519Digest } from "./ed25519-digest.ts";

/** The test vector of https://www.rfc-editor.org/rfc/rfc8032#section-7.3 */
const seed = "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42";
const publicKey = "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf";
const signature = Buffer.from(
  "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406",
  "hex",
);
const digest = createHash("sha512").update("abc").digest();
const key = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${seed}`, "hex"),
  format: "der",
  type: "pkcs8",
});

test("Ed25519ph signs the digest of RFC 8032's test vector as it says", () => {
  assert.equal(Buffer.from(key.export({ format: "jwk" }).x!, "base64url").toString("hex"), publicKey);
  assert.deepEqual(Buffer.from(signEd25519Digest(key, digest)), signature);
  assert.equal(verifyEd25519Digest(key, digest, signature), true);
});

test("Ed25519ph refuses every signature with another bit, of another digest, and what is no signature", () => {
  for (let bit = 0; bit < signature.length * 8; bit += 7) {
    const changed = Buffer.from(signature);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(verifyEd25519Digest(key, digest, changed), false, `bit ${bit}`);
  }
  assert.equal(verifyEd25519Digest(key, createHash("sha512").update("abd").digest(), signature), false);
  for (const other of [Buffer.alloc(0), signature.subarray(1), Buffer.concat([signature, Buffer.of(0)])])
    assert.equal(verifyEd25519Digest(key, digest, other), false);
});
