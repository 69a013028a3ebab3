import assert from "node:assert/strict";
import { test } from "node:test";
import { openEnvelope, parseEnvelope, sealEnvelope } from "./envelope.ts";

/** Stands for KMS; what is tested here is the envelope. */
async function seal(plaintext: Uint8Array) {
  let dataKey = new Uint8Array();
  const text = await sealEnvelope(plaintext, async (key) => {
    dataKey = Uint8Array.from(key);
    return Buffer.from("the encrypted data key");
  });
  return { text, dataKey };
}

test("An envelope opens with its data key and shows which key encrypted that", async () => {
  for (const plaintext of [Buffer.alloc(0), Buffer.from("a secret"), Buffer.alloc(8192, 7)]) {
    const { text, dataKey } = await seal(plaintext);
    const envelope = parseEnvelope(text)!;
    assert.equal(Buffer.from(envelope.encryptedKey).toString(), "the encrypted data key");
    assert.deepEqual(Buffer.from(openEnvelope(envelope, dataKey)!), plaintext);
    assert.equal(openEnvelope(envelope, new Uint8Array(32)), undefined);
  }
});

test("No envelope opens in which a bit was changed, or which was cut", async () => {
  const { text, dataKey } = await seal(Buffer.from("a secret"));
  const opens = (changed: Uint8Array) => {
    const envelope = parseEnvelope(changed);
    return envelope !== undefined && openEnvelope(envelope, dataKey) !== undefined;
  };
  for (let bit = 0; bit < text.length * 8; bit++) {
    const changed = Uint8Array.from(text);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(opens(changed), false, `bit ${bit}`);
  }
  for (let length = 0; length < text.length; length++) assert.equal(opens(text.subarray(0, length)), false);
  assert.equal(opens(text), true);
});
