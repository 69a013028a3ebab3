import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DecryptCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateRandomCommand,
  ReEncryptCommand,
} from "@aws-sdk/client-kms";
import { openKms, Plaintext } from "../kms.fixture.ts";

test("A dry run answers DryRunOperationException when all is well and the true error when it is not", async () => {
  await using opened = await openKms();
  const { id, arn } = await opened.create();
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
  const dry = () => [
    new EncryptCommand({ KeyId: id, Plaintext, DryRun: true }),
    new DecryptCommand({ CiphertextBlob, DryRun: true }),
    new GenerateDataKeyCommand({ KeyId: id, KeySpec: "AES_256", DryRun: true }),
    new GenerateDataKeyWithoutPlaintextCommand({ KeyId: id, KeySpec: "AES_256", DryRun: true }),
    new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: id, DryRun: true }),
  ];
  for (const command of dry()) {
    await assert.rejects(opened.kms.send(command as EncryptCommand), {
      name: "DryRunOperationException",
      message: "The request would have succeeded, but the DryRun option is set.",
    });
  }
  await opened.kms.send(new DisableKeyCommand({ KeyId: id }));
  for (const command of dry()) {
    await assert.rejects(opened.kms.send(command as EncryptCommand), { message: `${arn} is disabled.` });
  }
});

test("No operation answers in clear to an enclave", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
  const Recipient = { KeyEncryptionAlgorithm: "RSAES_OAEP_SHA_256", AttestationDocument: Buffer.of(1) } as const;
  for (const command of [
    new DecryptCommand({ CiphertextBlob, Recipient }),
    new GenerateDataKeyCommand({ KeyId: id, KeySpec: "AES_256", Recipient }),
    new GenerateRandomCommand({ NumberOfBytes: 8, Recipient }),
  ]) {
    await assert.rejects(opened.kms.send(command as DecryptCommand), { name: "UnsupportedOperationException" });
  }
});
