import assert from "node:assert/strict";
import { test } from "node:test";
import { type DataKeyPairSpec, DecryptCommand, GenerateDataKeyPairWithoutPlaintextCommand } from "@aws-sdk/client-kms";
import { askPython } from "../../../../test/support/python-cryptography.ts";
import { skipUnless } from "../../../../test/support/require.ts";
import { openKms } from "../kms.fixture.ts";

const withoutPython = await skipUnless("cryptography");

test("GenerateDataKeyPairWithoutPlaintext gives the private key encrypted only", { skip: withoutPython }, async () => {
  await using opened = await openKms();
  const { id: KeyId, arn, metadata } = await opened.create();
  const asked = { KeyId, KeyPairSpec: "ECC_NIST_P256" } as const;
  const { $metadata: _, ...made } = await opened.kms.send(new GenerateDataKeyPairWithoutPlaintextCommand(asked));
  const { PublicKey, PrivateKeyCiphertextBlob: CiphertextBlob, ...members } = made;
  const { CurrentKeyMaterialId: KeyMaterialId } = metadata;
  assert.deepEqual(members, { KeyId: arn, KeyPairSpec: "ECC_NIST_P256", KeyMaterialId });
  const { Plaintext } = await opened.kms.send(new DecryptCommand({ CiphertextBlob }));
  assert.deepEqual(await askPython({ name: "publicKey", privateKey: Plaintext! }), Buffer.from(PublicKey!));
});

test("GenerateDataKeyPairWithoutPlaintext refuses an asymmetric key, SM2, and a dry run", async () => {
  await using opened = await openKms();
  const [own, pair] = [
    await opened.create(),
    await opened.create({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" }),
  ];
  const make = (KeyId: string, KeyPairSpec: DataKeyPairSpec = "ECC_NIST_P256", more = {}) =>
    opened.kms.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec, ...more });
  await assert.rejects(make(pair.id), { name: "InvalidKeyUsageException" });
  await assert.rejects(make(own.id, "SM2"), { name: "UnsupportedOperationException" });
  await assert.rejects(make(own.id, "RSA_4096", { DryRun: true }), { name: "DryRunOperationException" });
});
