import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { keyring } from "./keyring.ts";

const rootKey = randomBytes(32);
const ring = keyring(rootKey);
const purpose = "kms/111122223333/us-east-1/key";

test("a keyring opens what it sealed, for the same purpose only", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: "grapheme" }),
      fc.string(),
      (plaintext, for_, other) => {
        const sealed = ring.seal(plaintext, for_);
        assert.equal(sealed.length, plaintext.length + 1 + 12 + 16);
        assert.deepEqual(new Uint8Array(ring.open(sealed, for_)!), plaintext);
        if (other !== for_) assert.equal(ring.open(sealed, other), undefined);
        assert.equal(keyring(randomBytes(32)).open(sealed, for_), undefined);
      },
    ),
  );
});

test("a keyring opens across instances of the same root key", () => {
  const sealed = keyring(Uint8Array.from(rootKey)).seal(Buffer.from("text"), purpose);
  assert.equal(Buffer.from(ring.open(sealed, purpose)!).toString(), "text");
});

test("a keyring opens nothing in which a byte was changed, added or taken away", () => {
  const sealed = ring.seal(Buffer.from("a secret of some length"), purpose);
  for (let index = 0; index < sealed.length; index++) {
    for (const bit of [1, 128]) {
      const tampered = Uint8Array.from(sealed);
      tampered[index]! ^= bit;
      assert.equal(ring.open(tampered, purpose), undefined, `byte ${index}`);
    }
    assert.equal(ring.open(sealed.subarray(0, index), purpose), undefined, `the first ${index} bytes`);
    assert.equal(ring.open(sealed.subarray(index + 1), purpose), undefined, `without the first ${index + 1} bytes`);
  }
  assert.equal(ring.open(Buffer.concat([sealed, Buffer.of(0)]), purpose), undefined);
  assert.equal(ring.open(new Uint8Array(), purpose), undefined);
});

test("a keyring never seals with a nonce twice, and shows nothing of the text", () => {
  const nonces = new Set<string>();
  const plaintext = Buffer.from("the same text each time");
  for (let count = 0; count < 10_000; count++) {
    const sealed = Buffer.from(ring.seal(plaintext, purpose));
    nonces.add(sealed.toString("hex", 1, 13));
    assert.equal(sealed.includes(plaintext), false);
  }
  assert.equal(nonces.size, 10_000);
});

test("a keyring refuses a root key of another length", () => {
  for (const length of [0, 16, 31, 33, 64]) {
    assert.throws(() => keyring(new Uint8Array(length)), {
      message: `Cannot use a root key of ${length} bytes: it must have 32`,
    });
  }
});
