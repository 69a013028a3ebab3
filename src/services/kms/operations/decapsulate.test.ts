import assert from "node:assert/strict";
import { createPublicKey, encapsulate } from "node:crypto";
import { test } from "node:test";
import { DecapsulateCommand, EncapsulateCommand } from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

const lengths = { ML_KEM_512: 768, ML_KEM_768: 1088, ML_KEM_1024: 1568 } as const;
const KeyUsage = "ENCAPSULATE_DECAPSULATE";
const EncapsulationAlgorithm = "ML_KEM";
for (const [KeySpec, length] of Object.entries(lengths) as [keyof typeof lengths, number][]) {
  test(`Decapsulate gives the secret that Encapsulate gave with ${KeySpec}, also after a restart`, async () => {
    await using opened = await openKms();
    const { id: KeyId, arn } = await opened.create({ KeySpec, KeyUsage });
    const { $metadata: _, ...sent } = await opened.kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm }));
    const { SharedSecret, SharedSecretCiphertextBlob, ...members } = sent;
    assert.deepEqual(members, { KeyId: arn, EncapsulationAlgorithm });
    assert.deepEqual([SharedSecret?.length, SharedSecretCiphertextBlob?.length], [32, length]);
    assert.equal(opened.asked.at(-1)?.action, "kms:Encapsulate");
    const command = new DecapsulateCommand({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob });
    for (const kms of [opened.kms, opened.restarted()]) {
      const { $metadata: _, ...received } = await kms.send(command);
      assert.deepEqual(received, { KeyId: arn, SharedSecret, EncapsulationAlgorithm });
    }
    assert.equal(opened.asked.at(-1)?.action, "kms:Decapsulate");
  });

  test(`Decapsulate gives the secret that was made outside of KMS with ${KeySpec}'s public key`, async () => {
    await using opened = await openKms();
    const { id: KeyId } = await opened.create({ KeySpec, KeyUsage });
    const der = Buffer.from(await opened.publicKey(KeyId));
    const { sharedKey, ciphertext } = encapsulate(createPublicKey({ key: der, format: "der", type: "spki" }));
    const input = { KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob: ciphertext } as const;
    const { SharedSecret } = await opened.kms.send(new DecapsulateCommand(input));
    assert.deepEqual(Buffer.from(SharedSecret!), sharedKey);
  });

  test(`Decapsulate with ${KeySpec} refuses another length, and answers a changed ciphertext with another secret`, async () => {
    await using opened = await openKms();
    const { id: KeyId } = await opened.create({ KeySpec, KeyUsage });
    const sent = await opened.kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm }));
    const decapsulate = (SharedSecretCiphertextBlob: Uint8Array) =>
      opened.kms.send(new DecapsulateCommand({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob }));
    for (const other of [1, length - 1, length + 1, ...Object.values(lengths)].filter((one) => one !== length)) {
      await assert.rejects(decapsulate(Buffer.alloc(other)), { name: "InvalidCiphertextException" });
    }
    const changed = Uint8Array.from(sent.SharedSecretCiphertextBlob!);
    changed[length - 1]! ^= 1;
    const { SharedSecret } = await decapsulate(changed);
    assert.equal(SharedSecret?.length, 32);
    assert.notDeepEqual(SharedSecret, sent.SharedSecret);
  });
}

test("Decapsulate refuses a key of another usage, an unknown algorithm, and a dry run", async () => {
  await using opened = await openKms();
  const signing = await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const kem = await opened.create({ KeySpec: "ML_KEM_512", KeyUsage });
  const SharedSecretCiphertextBlob = Buffer.alloc(lengths.ML_KEM_512);
  const decapsulate = (KeyId: string, more: object = {}) =>
    opened.kms.send(new DecapsulateCommand({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob, ...more }));
  await assert.rejects(decapsulate(signing.id), {
    name: "InvalidKeyUsageException",
    message: `${signing.arn} key usage is SIGN_VERIFY which is not valid for Decapsulate.`,
  });
  await assert.rejects(decapsulate(kem.id, { EncapsulationAlgorithm: "KYBER" }), {
    name: "ValidationException",
    message:
      "1 validation error detected: Value 'KYBER' at 'encapsulationAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [ML_KEM]",
  });
  await assert.rejects(decapsulate(kem.id, { DryRun: true }), { name: "DryRunOperationException" });
});
