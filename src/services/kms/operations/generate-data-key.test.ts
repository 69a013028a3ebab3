import assert from "node:assert/strict";
import { test } from "node:test";
import { DecryptCommand, GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

const EncryptionContext = { purpose: "test", tenant: "a" };
for (const [input, length] of [
  [{ KeySpec: "AES_256" }, 32],
  [{ KeySpec: "AES_128" }, 16],
  [{ NumberOfBytes: 5 }, 5],
] as const) {
  test(`GenerateDataKey gives a key of ${length} bytes in clear and encrypted`, async () => {
    await using opened = await openKms();
    const { id, arn } = await opened.create();
    const made = await opened.kms.send(new GenerateDataKeyCommand({ KeyId: id, ...input, EncryptionContext }));
    assert.equal(made.KeyId, arn);
    assert.equal(made.Plaintext?.length, length);
    const { CiphertextBlob } = made;
    const { Plaintext: decrypted } = await opened.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    assert.deepEqual(decrypted, made.Plaintext);
  });
}

for (const input of [{}, { KeySpec: "AES_256", NumberOfBytes: 32 }] as const) {
  test(`GenerateDataKey refuses the lengths ${JSON.stringify(input)}, before it looks for the key`, async () => {
    await using opened = await openKms();
    await assert.rejects(opened.kms.send(new GenerateDataKeyCommand({ KeyId: "foo", ...input })), {
      name: "ValidationException",
      message: "Please specify either number of bytes or key spec.",
    });
  });
}
