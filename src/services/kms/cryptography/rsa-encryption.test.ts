import assert from "node:assert/strict";
import { createPublicKey, randomBytes } from "node:crypto";
import { test } from "node:test";
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import { askPython } from "../../../../test/support/python-cryptography.ts";
import { skipUnless } from "../../../../test/support/require.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";

const algorithms = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] as const;
const rsa = (KeySpec: "RSA_2048" | "RSA_3072" | "RSA_4096" = "RSA_2048") =>
  ({ KeySpec, KeyUsage: "ENCRYPT_DECRYPT" }) as const;
const withoutPython = await skipUnless("cryptography");

for (const [spec, sha1, sha256] of [
  ["RSA_2048", 214, 190],
  ["RSA_3072", 342, 318],
  ["RSA_4096", 470, 446],
] as const) {
  test(`Encrypt and Decrypt take up to ${sha1} and ${sha256} bytes with ${spec}`, async () => {
    await using opened = await openKms();
    const { id: KeyId, arn } = await opened.create(rsa(spec));
    for (const [EncryptionAlgorithm, most] of [
      ["RSAES_OAEP_SHA_1", sha1],
      ["RSAES_OAEP_SHA_256", sha256],
    ] as const) {
      const plaintext = randomBytes(most);
      const encrypted = await opened.kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext: plaintext }));
      assert.deepEqual([encrypted.KeyId, encrypted.EncryptionAlgorithm], [arn, EncryptionAlgorithm]);
      const { CiphertextBlob } = encrypted;
      for (const kms of [opened.kms, opened.restarted()]) {
        const decrypted = await kms.send(new DecryptCommand({ KeyId, EncryptionAlgorithm, CiphertextBlob }));
        assert.deepEqual(Buffer.from(decrypted.Plaintext!), plaintext);
        assert.deepEqual([decrypted.KeyId, decrypted.EncryptionAlgorithm], [arn, EncryptionAlgorithm]);
      }
      assert.equal(opened.asked.at(-1)?.conditions?.["kms:EncryptionAlgorithm"], EncryptionAlgorithm);
      const more = new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext: randomBytes(most + 1) });
      await assert.rejects(opened.kms.send(more), {
        name: "ValidationException",
        message: `Algorithm ${EncryptionAlgorithm} and key spec ${spec} cannot encrypt data larger than ${most} bytes.`,
      });
    }
  });
}

test("Encrypt and Decrypt refuse an algorithm, a context or a usage that does not fit the key", async () => {
  await using opened = await openKms();
  const [own, symmetric, signing] = [
    await opened.create(rsa()),
    await opened.create(),
    await opened.create({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }),
  ];
  const EncryptionAlgorithm = "RSAES_OAEP_SHA_1";
  const context = { EncryptionContext: { a: "b" } };
  const noContext = {
    name: "ValidationException",
    message: "EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.",
  };
  const incompatible = (algorithm: string, spec: string) => ({
    name: "InvalidKeyUsageException",
    message: `Algorithm ${algorithm} is incompatible with key spec ${spec}.`,
  });
  const otherUsage = (operation: string) => ({
    name: "InvalidKeyUsageException",
    message: `${signing.arn} key usage is SIGN_VERIFY which is not valid for ${operation}.`,
  });
  const CiphertextBlob = randomBytes(256);
  for (const [command, refusal] of [
    [new EncryptCommand({ KeyId: own.id, EncryptionAlgorithm, Plaintext, ...context }), noContext],
    [new DecryptCommand({ KeyId: own.id, EncryptionAlgorithm, CiphertextBlob, ...context }), noContext],
    [new EncryptCommand({ KeyId: own.id, Plaintext }), incompatible("SYMMETRIC_DEFAULT", "RSA_2048")],
    [new DecryptCommand({ KeyId: own.id, CiphertextBlob }), incompatible("SYMMETRIC_DEFAULT", "RSA_2048")],
    [
      new DecryptCommand({ KeyId: symmetric.id, EncryptionAlgorithm, CiphertextBlob }),
      incompatible(EncryptionAlgorithm, "SYMMETRIC_DEFAULT"),
    ],
    [
      new EncryptCommand({ KeyId: own.id, EncryptionAlgorithm: "SM2PKE", Plaintext }),
      incompatible("SM2PKE", "RSA_2048"),
    ],
    [new EncryptCommand({ KeyId: signing.id, EncryptionAlgorithm, Plaintext }), otherUsage("Encrypt")],
    [new DecryptCommand({ KeyId: signing.id, EncryptionAlgorithm, CiphertextBlob }), otherUsage("Decrypt")],
    [new GenerateDataKeyCommand({ KeyId: signing.id, KeySpec: "AES_256" }), otherUsage("GenerateDataKey")],
    [
      new GenerateDataKeyCommand({ KeyId: own.id, KeySpec: "AES_256" }),
      { name: "InvalidKeyUsageException", message: "You cannot generate a data key with an asymmetric CMK" },
    ],
    [
      new DecryptCommand({ EncryptionAlgorithm, CiphertextBlob }),
      {
        name: "ValidationException",
        message:
          "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
      },
    ],
  ] as [EncryptCommand, object][]) {
    await assert.rejects(opened.kms.send(command), refusal);
  }
});

for (const EncryptionAlgorithm of algorithms) {
  test(`Python's cryptography and KMS read each other's ciphertexts of ${EncryptionAlgorithm}`, {
    skip: withoutPython,
  }, async () => {
    await using opened = await openKms();
    const { id: KeyId } = await opened.create(rsa());
    const publicKey = await opened.publicKey(KeyId);
    assert.equal(
      createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" }).asymmetricKeyType,
      "rsa",
    );
    const request = { algorithm: EncryptionAlgorithm, publicKey, privateKey: await opened.material(KeyId) };
    const theirs = (await askPython({ ...request, name: "encrypt", message: Plaintext })) as Uint8Array;
    const decrypted = await opened.kms.send(new DecryptCommand({ KeyId, EncryptionAlgorithm, CiphertextBlob: theirs }));
    assert.deepEqual(decrypted.Plaintext, Plaintext);
    const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext }));
    assert.deepEqual(
      await askPython({ ...request, name: "decrypt", message: CiphertextBlob! }),
      Buffer.from(Plaintext),
    );
  });
}
