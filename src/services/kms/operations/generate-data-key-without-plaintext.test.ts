import assert from "node:assert/strict";
import { test } from "node:test";
import { DecryptCommand, GenerateDataKeyCommand, GenerateDataKeyWithoutPlaintextCommand } from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

for (const [input, length] of [
  [{ KeySpec: "AES_256" }, 32],
  [{ KeySpec: "AES_128" }, 16],
  [{ NumberOfBytes: 5 }, 5],
] as const) {
  test(`GenerateDataKeyWithoutPlaintext gives a key of ${length} bytes encrypted only`, async () => {
    await using opened = await openKms();
    const { id } = await opened.create();
    const made = await opened.kms.send(new GenerateDataKeyCommand({ KeyId: id, ...input }));
    const hidden = await opened.kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: id, ...input }));
    assert.equal("Plaintext" in hidden, false);
    const shown = await opened.kms.send(new DecryptCommand({ CiphertextBlob: hidden.CiphertextBlob }));
    assert.equal(shown.Plaintext?.length, length);
    assert.notDeepEqual(shown.Plaintext, made.Plaintext);
  });
}

for (const input of [{}, { KeySpec: "AES_256", NumberOfBytes: 32 }] as const) {
  test(`GenerateDataKeyWithoutPlaintext refuses the lengths ${JSON.stringify(input)}, before it looks for the key`, async () => {
    await using opened = await openKms();
    await assert.rejects(opened.kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: "foo", ...input })), {
      name: "ValidationException",
      message: "Please specify either number of bytes or key spec.",
    });
  });
}
