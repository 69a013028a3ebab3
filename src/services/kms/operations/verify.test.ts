import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { algorithmsOf, givenAs, invalid, signer, specs } from "../cryptography/signing.fixture.ts";
import { openKms } from "../kms.fixture.ts";

for (const spec of specs) {
  test(`Verify accepts what Sign signed with ${spec}, message or digest, and refuses all else`, async () => {
    await using opened = await openKms();
    const { id, arn } = await opened.create({ KeySpec: spec, KeyUsage: "SIGN_VERIFY" });
    for (const algorithm of algorithmsOf(spec)) {
      const { sign, verify } = signer(opened, id, algorithm);
      const message = randomBytes(100);
      const given = givenAs(algorithm, message);
      for (const [type, bytes] of given) {
        const signature = await sign(type, bytes);
        for (const [otherType, otherBytes] of given) {
          const { KeyId, SignatureValid, SigningAlgorithm } = await verify(otherType, otherBytes, signature);
          assert.deepEqual([KeyId, SignatureValid, SigningAlgorithm], [arn, true, algorithm]);
        }
        const other = Uint8Array.from(bytes);
        other[0]! ^= 1;
        await assert.rejects(verify(type, other, signature), invalid);
        for (const bad of tampered(signature)) await assert.rejects(verify(type, bytes, bad), invalid);
      }
    }
  });
}

function* tampered(signature: Uint8Array) {
  for (let index = 0; index < signature.length; index += Math.ceil(signature.length / 20)) {
    const changed = Uint8Array.from(signature);
    changed[index]! ^= 1 << (index % 8);
    yield changed;
  }
  yield Buffer.concat([signature, Buffer.of(0)]);
  yield signature.subarray(0, -1);
  yield Buffer.of(0x30);
  yield Buffer.from("3006020100020100", "hex");
  yield Buffer.alloc(signature.length, 0xff);
  yield Buffer.alloc(signature.length);
  yield Buffer.alloc(6144, 0x30);
}
