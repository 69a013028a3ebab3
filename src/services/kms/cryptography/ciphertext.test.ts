import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { openCiphertext, parseCiphertext, sealCiphertext } from "./ciphertext.ts";

const key = { id: "01234567-89ab-4cde-8f01-23456789abcd", materialVersion: 3 };
const material = randomBytes(32);
const plaintext = Buffer.from("a secret");
const context = { purpose: "test", PARAMETER_ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/a" };
const blob = sealCiphertext(key, material, plaintext, context);

function open(bytes: Uint8Array, withContext: Record<string, string>): Uint8Array | undefined {
  const ciphertext = parseCiphertext(bytes);
  return ciphertext && openCiphertext(ciphertext, material, withContext);
}

test("A ciphertext blob names its key and material, and opens to the plaintext", () => {
  const ciphertext = parseCiphertext(blob);
  assert.equal(ciphertext?.keyId, key.id);
  assert.equal(ciphertext?.materialVersion, 3);
  assert.deepEqual(open(blob, context), plaintext);
});

test("A ciphertext blob names a multi-Region key", () => {
  const id = "mrk-0123456789abcdef0123456789abcdef";
  const made = sealCiphertext({ id, materialVersion: 1 }, material, plaintext, context);
  assert.equal(parseCiphertext(made)?.keyId, id);
  assert.deepEqual(open(made, context), plaintext);
  assert.equal(made.length, blob.length);
});

test("A ciphertext blob with a flipped bit in its header is not recognised", () => {
  for (let bit = 0; bit < 26 * 8; bit++) {
    const tampered = Uint8Array.from(blob);
    tampered[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(parseCiphertext(tampered), undefined, `bit ${bit}`);
  }
});

test("A ciphertext blob opens whatever the order of its encryption context", () => {
  assert.deepEqual(open(blob, Object.fromEntries(Object.entries(context).reverse())), plaintext);
});

test("A ciphertext blob does not open with any bit flipped", () => {
  for (let bit = 0; bit < blob.length * 8; bit++) {
    const tampered = Uint8Array.from(blob);
    tampered[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(open(tampered, context), undefined, `bit ${bit}`);
  }
});

test("A ciphertext blob does not open when shortened or lengthened", () => {
  for (let length = 0; length < blob.length; length++) {
    assert.equal(open(blob.subarray(0, length), context), undefined, `${length} bytes`);
  }
  assert.equal(open(Buffer.concat([blob, Buffer.of(0)]), context), undefined);
});

const otherContexts: Record<string, string>[] = [
  {},
  { purpose: "test" },
  { ...context, more: "" },
  { ...context, purpose: "Test" },
  { purpose: context.PARAMETER_ARN, PARAMETER_ARN: "test" },
  { 'purpose","test"],["x': "", ...context },
];

for (const other of otherContexts) {
  test(`A ciphertext blob does not open with the encryption context ${JSON.stringify(other)}`, () => {
    assert.equal(open(blob, other), undefined);
  });
}

test("A ciphertext of nothing opens to nothing", () => {
  assert.equal(open(sealCiphertext(key, material, Buffer.alloc(0), {}), {})?.length, 0);
});
