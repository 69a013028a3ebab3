import assert from "node:assert/strict";
import { test } from "node:test";
import { GenerateMacCommand, type MacAlgorithmSpec } from "@aws-sdk/client-kms";
import { askPython } from "../../../../test/support/python-cryptography.ts";
import { skipUnless } from "../../../../test/support/require.ts";
import { openKms } from "../kms.fixture.ts";

const withoutPython = await skipUnless("cryptography");
const sizes = [224, 256, 384, 512] as const;
const hmac = (bits: (typeof sizes)[number]) => ({ KeySpec: `HMAC_${bits}`, KeyUsage: "GENERATE_VERIFY_MAC" }) as const;
for (const bits of sizes) {
  test(`Python makes the same MAC with the HMAC_${bits} key`, { skip: withoutPython }, async () => {
    await using opened = await openKms();
    const { id: KeyId } = await opened.create(hmac(bits));
    const MacAlgorithm: MacAlgorithmSpec = `HMAC_SHA_${bits}`;
    const Message = Buffer.from("what do ya want for nothing?");
    const { Mac } = await opened.kms.send(new GenerateMacCommand({ KeyId, MacAlgorithm, Message }));
    const key = await opened.material(KeyId);
    assert.equal(key.length, bits / 8);
    assert.deepEqual(
      await askPython({ name: "mac", key, message: Message, algorithm: MacAlgorithm }),
      Buffer.from(Mac!),
    );
  });
}

test("GenerateMac refuses another key's algorithm, a key for another usage, and a dry run", async () => {
  await using opened = await openKms();
  const [own, symmetric] = [await opened.create(hmac(256)), await opened.create()];
  const make = (KeyId: string, MacAlgorithm: MacAlgorithmSpec, DryRun = false) =>
    opened.kms.send(new GenerateMacCommand({ KeyId, MacAlgorithm, Message: Buffer.of(1), DryRun }));
  await assert.rejects(make(own.id, "HMAC_SHA_512"), {
    name: "InvalidKeyUsageException",
    message: "Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.",
  });
  await assert.rejects(make(symmetric.id, "HMAC_SHA_256"), {
    name: "InvalidKeyUsageException",
    message: `${symmetric.arn} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
  });
  await assert.rejects(make(own.id, "HMAC_SHA_256", true), { name: "DryRunOperationException" });
});
