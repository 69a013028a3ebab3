import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DecryptCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";

const unknownKey = {
  name: "AccessDeniedException",
  message:
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
};

for (const database of databases()) {
  test(`Encrypt and Decrypt refuse a disabled key and one that is about to be deleted (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id, arn } = await opened.create();
    const encrypt = () => kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
    const { CiphertextBlob } = await encrypt();
    const decrypt = () => kms.send(new DecryptCommand({ CiphertextBlob }));
    await kms.send(new DisableKeyCommand({ KeyId: id }));
    for (const use of [encrypt, decrypt]) {
      await assert.rejects(use(), { name: "DisabledException", message: `${arn} is disabled.` });
    }
    await kms.send(new EnableKeyCommand({ KeyId: id }));
    await decrypt();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    for (const use of [encrypt, decrypt]) {
      await assert.rejects(use(), { name: "KMSInvalidStateException", message: `${arn} is pending deletion.` });
    }
    opened.clock.advance(7 * 24 * 60 * 60 * 1000);
    await assert.rejects(decrypt(), unknownKey);
    await assert.rejects(encrypt(), { name: "NotFoundException", message: `Key '${arn}' does not exist` });
  });
}

test("Encrypt makes another ciphertext each time, in which the plaintext does not show", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const blobs = new Set<string>();
  for (let count = 0; count < 20; count++) {
    const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext }));
    assert.equal(Buffer.from(CiphertextBlob!).includes(Buffer.from(Plaintext)), false);
    blobs.add(Buffer.from(CiphertextBlob!).toString("hex"));
  }
  assert.equal(blobs.size, 20);
});

test("Encrypt refuses an algorithm of other keys", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  await assert.rejects(
    opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionAlgorithm: "RSAES_OAEP_SHA_1" })),
    {
      name: "InvalidKeyUsageException",
      message: "Algorithm RSAES_OAEP_SHA_1 is incompatible with key spec SYMMETRIC_DEFAULT.",
    },
  );
});
