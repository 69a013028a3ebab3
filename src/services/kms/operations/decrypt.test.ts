import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  DecryptCommand,
  type DecryptCommandInput,
  EncryptCommand,
  type EncryptionAlgorithmSpec,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { openGrants } from "../grants/grants.fixture.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";

const EncryptionContext = { purpose: "test", tenant: "a" };
const invalidCiphertext = { name: "InvalidCiphertextException" };
const unknownKey = {
  name: "AccessDeniedException",
  message:
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
};
const rsa = { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" } as const;

for (const database of databases()) {
  test(`Decrypt gives back what Encrypt took, also after a restart (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await opened.create();
    const encrypted = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionContext }));
    assert.equal(encrypted.KeyId, arn);
    assert.equal(encrypted.EncryptionAlgorithm, "SYMMETRIC_DEFAULT");
    const { CiphertextBlob } = encrypted;
    const context = { tenant: "a", purpose: "test" };
    for (const kms of [opened.kms, opened.restarted()]) {
      for (const KeyId of [undefined, id, arn]) {
        const input: DecryptCommandInput = { CiphertextBlob, EncryptionContext: context, ...(KeyId && { KeyId }) };
        const decrypted = await kms.send(new DecryptCommand(input));
        assert.deepEqual(decrypted.Plaintext, Plaintext);
        assert.equal(decrypted.KeyId, arn);
      }
    }
  });
}

test("Decrypt answers InvalidCiphertextException for a blob with any bit flipped, shortened or lengthened", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionContext }));
  const blob = CiphertextBlob!;
  const refuse = (tampered: Uint8Array, what: string) =>
    assert.rejects(
      opened.kms.send(new DecryptCommand({ CiphertextBlob: tampered, EncryptionContext })),
      invalidCiphertext,
      what,
    );
  for (let bit = 0; bit < blob.length * 8; bit++) {
    const tampered = Uint8Array.from(blob);
    tampered[bit >> 3]! ^= 1 << (bit & 7);
    await refuse(tampered, `bit ${bit}`);
  }
  for (let length = 1; length < blob.length; length++) await refuse(blob.subarray(0, length), `${length} bytes`);
  await refuse(Buffer.concat([blob, Buffer.of(0)]), "a byte more");
});

test("Decrypt answers InvalidCiphertextException for another context and garbage, and hides other regions", async () => {
  await using opened = await openKms();
  const { id } = await opened.create();
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: id, Plaintext, EncryptionContext }));
  for (const input of [
    { CiphertextBlob },
    { CiphertextBlob, EncryptionContext: { ...EncryptionContext, tenant: "b" } },
    { CiphertextBlob: randomBytes(80), EncryptionContext },
    { CiphertextBlob: Buffer.of(0), EncryptionContext, KeyId: id },
  ]) {
    await assert.rejects(opened.kms.send(new DecryptCommand(input)), invalidCiphertext);
  }
  await assert.rejects(
    opened.kmsIn("eu-west-1").send(new DecryptCommand({ CiphertextBlob, EncryptionContext })),
    unknownKey,
  );
});

test("Decrypt answers IncorrectKeyException where the named key did not encrypt", async () => {
  await using opened = await openKms();
  const [key, other] = [await opened.create(), await opened.create()];
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: key.id, Plaintext }));
  await assert.rejects(opened.kms.send(new DecryptCommand({ CiphertextBlob, KeyId: other.arn })), {
    name: "IncorrectKeyException",
    message: "The key ID in the request does not identify a CMK that can perform this operation.",
  });
});

test("Decrypt and ReEncrypt answer IncorrectKeyException where the named key is of another kind", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id } = await opened.create();
  const { CiphertextBlob } = await kms.encrypt({ KeyId: id, Plaintext });
  const incorrect = {
    name: "IncorrectKeyException",
    message: "The key ID in the request does not identify a CMK that can perform this operation.",
  };
  for (const input of [
    { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" },
    { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
    { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
  ] as const) {
    const { id: KeyId } = await opened.create(input);
    await assert.rejects(kms.decrypt({ CiphertextBlob, KeyId }), incorrect);
    const moving = kms.reEncrypt({ CiphertextBlob, SourceKeyId: KeyId, DestinationKeyId: id });
    await assert.rejects(moving, incorrect);
  }
});

test("Decrypt asks for a ciphertext", async () => {
  await using opened = await openKms();
  await assert.rejects(opened.kms.send(new DecryptCommand({})), {
    name: "ValidationException",
    message:
      "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
  });
});

test("Decrypt with a named key distinguishes a damaged ciphertext from another key's", async () => {
  await using opened = await openKms();
  const [own, other] = [await opened.create(), await opened.create()];
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: own.id, Plaintext }));
  const decrypt = (KeyId: string, blob: Uint8Array) =>
    opened.kms.send(new DecryptCommand({ KeyId, CiphertextBlob: blob }));
  for (let bit = 0; bit < CiphertextBlob!.length * 8; bit++) {
    const tampered = Uint8Array.from(CiphertextBlob!);
    tampered[bit >> 3]! ^= 1 << (bit & 7);
    await assert.rejects(decrypt(own.id, tampered), invalidCiphertext, `bit ${bit}`);
  }
  await assert.rejects(decrypt(other.id, CiphertextBlob!), { name: "IncorrectKeyException" });
});

test("Decrypt with an RSA key answers InvalidCiphertextException for any other ciphertext", async () => {
  await using opened = await openKms();
  const { id: KeyId } = await opened.create(rsa);
  const EncryptionAlgorithm = "RSAES_OAEP_SHA_256";
  const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext }));
  const refused: [Uint8Array, EncryptionAlgorithmSpec][] = [
    [CiphertextBlob!, "RSAES_OAEP_SHA_1"],
    [Buffer.alloc(256, 0xff), EncryptionAlgorithm],
    [Buffer.of(1), EncryptionAlgorithm],
    [Buffer.alloc(6144), EncryptionAlgorithm],
  ];
  for (let index = 0; index < 256; index += 16) {
    const tampered = Uint8Array.from(CiphertextBlob!);
    tampered[index]! ^= 1 << (index % 7);
    refused.push([tampered, EncryptionAlgorithm]);
  }
  for (const [blob, algorithm] of refused) {
    const command = new DecryptCommand({ KeyId, EncryptionAlgorithm: algorithm, CiphertextBlob: blob });
    await assert.rejects(opened.kms.send(command), { name: "InvalidCiphertextException" });
  }
});

for (const kind of databases()) {
  test(`Decrypt and ReEncrypt without a ciphertext only say whether they may (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, as, alice, grant, KeyId } = context;
    const modifiers = { DryRun: true, DryRunModifiers: ["IGNORE_CIPHERTEXT" as const] };
    const decrypt = () => as(alice, () => kms.decrypt({ KeyId, ...modifiers }));
    await assert.rejects(decrypt(), { name: "AccessDeniedException" });
    await grant(alice);
    await assert.rejects(decrypt(), { name: "DryRunOperationException" });
    const reEncrypt = { SourceKeyId: KeyId, DestinationKeyId: KeyId, ...modifiers };
    await assert.rejects(kms.reEncrypt(reEncrypt), { name: "DryRunOperationException" });
    await assert.rejects(kms.decrypt({ KeyId, ...modifiers, DryRun: false }), { name: "ValidationException" });
    await assert.rejects(kms.decrypt(modifiers), { name: "ValidationException" });
  });
}
