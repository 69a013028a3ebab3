import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { DecryptCommand, EncryptCommand } from "@aws-sdk/client-kms";
import { encrypt } from "../../../keyring/keyring.ts";
import { openKms } from "../kms.fixture.ts";

const Plaintext = Buffer.from("a secret");
const invalid = { name: "InvalidCiphertextException" };

/** A blob as it was laid out before blobs had a checksum. */
function oldBlob(keyId: string, material: Buffer): Uint8Array {
  const header = Buffer.from(`4b${keyId.replaceAll("-", "")}00000001`, "hex");
  return Buffer.concat([header, encrypt(material, Plaintext, Buffer.concat([header, Buffer.from("[]")]))]);
}

test("Decrypt reads a ciphertext of the old layout, and none that is damaged", async () => {
  await using opened = await openKms();
  const { id, arn } = await opened.create();
  const blob = oldBlob(id, await opened.material(id));
  for (const KeyId of [undefined, id]) {
    const input = { CiphertextBlob: blob, ...(KeyId && { KeyId }) };
    const decrypted = await opened.kms.send(new DecryptCommand(input));
    assert.deepEqual([Buffer.from(decrypted.Plaintext!), decrypted.KeyId], [Plaintext, arn]);
    for (let index = 0; index < blob.length; index++) {
      const tampered = Uint8Array.from(blob);
      tampered[index]! ^= 1 << (index % 8);
      const command = new DecryptCommand({ ...input, CiphertextBlob: tampered });
      await assert.rejects(opened.kms.send(command), invalid, `byte ${index}`);
    }
  }
  const gone = new DecryptCommand({ CiphertextBlob: oldBlob(randomUUID(), await opened.material(id)) });
  await assert.rejects(opened.kms.send(gone), invalid);
});

test("Decrypt with a named key tells a damaged ciphertext from another key's", async () => {
  await using opened = await openKms();
  const [own, other] = [await opened.create(), await opened.create()];
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: own.id, Plaintext }));
  const decrypt = (KeyId: string, blob: Uint8Array) =>
    opened.kms.send(new DecryptCommand({ KeyId, CiphertextBlob: blob }));
  for (let bit = 0; bit < CiphertextBlob!.length * 8; bit++) {
    const tampered = Uint8Array.from(CiphertextBlob!);
    tampered[bit >> 3]! ^= 1 << (bit & 7);
    await assert.rejects(decrypt(own.id, tampered), invalid, `bit ${bit}`);
  }
  await assert.rejects(decrypt(other.id, CiphertextBlob!), { name: "IncorrectKeyException" });
});
