import assert from "node:assert/strict";
import { test } from "node:test";
import { EncapsulateCommand } from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

const KeyUsage = "ENCAPSULATE_DECAPSULATE";
const EncapsulationAlgorithm = "ML_KEM";

test("Encapsulate gives another secret each time, with its ciphertext", async () => {
  await using opened = await openKms();
  const { id: KeyId } = await opened.create({ KeySpec: "ML_KEM_512", KeyUsage });
  const secrets = new Set<string>();
  for (let count = 0; count < 3; count++) {
    const sent = await opened.kms.encapsulate({ KeyId, EncapsulationAlgorithm });
    const { SharedSecretCiphertextBlob } = sent;
    const received = await opened.kms.decapsulate({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob });
    assert.deepEqual(received.SharedSecret, sent.SharedSecret);
    secrets.add(Buffer.from(sent.SharedSecret!).toString("hex"));
  }
  assert.equal(secrets.size, 3);
});

test("Encapsulate refuses a key of another usage, an unknown algorithm, and a dry run", async () => {
  await using opened = await openKms();
  const signing = await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const kem = await opened.create({ KeySpec: "ML_KEM_512", KeyUsage });
  const encapsulate = (KeyId: string, more: object = {}) =>
    opened.kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm, ...more }));
  await assert.rejects(encapsulate(signing.id), {
    name: "InvalidKeyUsageException",
    message: `${signing.arn} key usage is SIGN_VERIFY which is not valid for Encapsulate.`,
  });
  await assert.rejects(encapsulate(kem.id, { EncapsulationAlgorithm: "KYBER" }), {
    name: "ValidationException",
    message:
      "1 validation error detected: Value 'KYBER' at 'encapsulationAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [ML_KEM]",
  });
  await assert.rejects(encapsulate(kem.id, { DryRun: true }), { name: "DryRunOperationException" });
});
