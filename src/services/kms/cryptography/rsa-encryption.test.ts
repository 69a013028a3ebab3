import assert from "node:assert/strict";
import { createPublicKey, randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  DecryptCommand,
  EncryptCommand,
  type EncryptionAlgorithmSpec,
  GenerateDataKeyCommand,
  ReEncryptCommand,
} from "@aws-sdk/client-kms";
import { askPython } from "../../../../test/support/python-cryptography.ts";
import { skipUnless } from "../../../../test/support/require.ts";
import { openKms } from "../kms.fixture.ts";

const Plaintext = Buffer.from("a secret");
const algorithms = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] as const;
const rsa = (KeySpec: "RSA_2048" | "RSA_3072" | "RSA_4096" = "RSA_2048") =>
  ({ KeySpec, KeyUsage: "ENCRYPT_DECRYPT" }) as const;

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

test("Decrypt with an RSA key answers InvalidCiphertextException for any other ciphertext", async () => {
  await using opened = await openKms();
  const { id: KeyId } = await opened.create(rsa());
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

test("Encrypt and Decrypt refuse what does not go with the key", async () => {
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

test("ReEncrypt moves a ciphertext from an RSA key to a symmetric one and back", async () => {
  await using opened = await openKms();
  const [pair, symmetric] = [await opened.create(rsa()), await opened.create()];
  const EncryptionAlgorithm = "RSAES_OAEP_SHA_256";
  const first = await opened.kms.send(new EncryptCommand({ KeyId: pair.id, EncryptionAlgorithm, Plaintext }));
  const moved = await opened.kms.send(
    new ReEncryptCommand({
      CiphertextBlob: first.CiphertextBlob,
      SourceKeyId: pair.id,
      SourceEncryptionAlgorithm: EncryptionAlgorithm,
      DestinationKeyId: symmetric.id,
      DestinationEncryptionContext: { a: "b" },
    }),
  );
  assert.equal(moved.SourceEncryptionAlgorithm, EncryptionAlgorithm);
  assert.equal(moved.DestinationEncryptionAlgorithm, "SYMMETRIC_DEFAULT");
  const back = await opened.kms.send(
    new ReEncryptCommand({
      CiphertextBlob: moved.CiphertextBlob,
      SourceEncryptionContext: { a: "b" },
      DestinationKeyId: pair.id,
      DestinationEncryptionAlgorithm: "RSAES_OAEP_SHA_1",
    }),
  );
  const [from, to] = opened.asked.slice(-2);
  assert.equal(from?.conditions?.["kms:EncryptionAlgorithm"], "SYMMETRIC_DEFAULT");
  assert.equal(to?.conditions?.["kms:EncryptionAlgorithm"], "RSAES_OAEP_SHA_1");
  const decrypted = await opened.kms.send(
    new DecryptCommand({
      KeyId: pair.id,
      CiphertextBlob: back.CiphertextBlob,
      EncryptionAlgorithm: "RSAES_OAEP_SHA_1",
    }),
  );
  assert.deepEqual(Buffer.from(decrypted.Plaintext!), Plaintext);
});

const withoutPython = await skipUnless("cryptography");
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
    assert.deepEqual(Buffer.from(decrypted.Plaintext!), Plaintext);
    const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext }));
    assert.deepEqual(await askPython({ ...request, name: "decrypt", message: CiphertextBlob! }), Plaintext);
  });
}
