import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { encrypt } from "../../../keyring/keyring.ts";
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

/** As they were laid out before key ids of two kinds. */
function oldBlob(): Uint8Array {
  const header = Buffer.from(`4b${key.id.replaceAll("-", "")}00000003`, "hex");
  const pairs = JSON.stringify(Object.entries(context).sort());
  return Buffer.concat([header, encrypt(material, plaintext, Buffer.concat([header, Buffer.from(pairs)]))]);
}

test("A ciphertext blob of the old layout opens, and not with any bit flipped", () => {
  const old = oldBlob();
  assert.equal(parseCiphertext(old)?.keyId, key.id);
  assert.equal(parseCiphertext(old)?.materialVersion, 3);
  assert.equal(parseCiphertext(old)?.isChecked, false);
  assert.deepEqual(open(old, context), plaintext);
  for (let bit = 0; bit < old.length * 8; bit++) {
    const tampered = Uint8Array.from(old);
    tampered[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(open(tampered, context), undefined, `bit ${bit}`);
  }
  for (let length = 0; length < old.length; length++) {
    assert.equal(open(old.subarray(0, length), context), undefined, `${length} bytes`);
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
