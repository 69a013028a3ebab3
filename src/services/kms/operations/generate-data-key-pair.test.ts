import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { test } from "node:test";
import {
  type DataKeyPairSpec,
  DecryptCommand,
  DisableKeyCommand,
  GenerateDataKeyPairCommand,
} from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

const EncryptionContext = { purpose: "test" };
const specs = [
  ["RSA_2048", "rsa", 2048],
  ["RSA_3072", "rsa", 3072],
  ["RSA_4096", "rsa", 4096],
  ["ECC_NIST_P256", "ec", "prime256v1"],
  ["ECC_NIST_P384", "ec", "secp384r1"],
  ["ECC_NIST_P521", "ec", "secp521r1"],
  ["ECC_SECG_P256K1", "ec", "secp256k1"],
  ["ECC_NIST_EDWARDS25519", "ed25519", undefined],
] as const;

for (const [KeyPairSpec, type, detail] of specs) {
  test(`GenerateDataKeyPair makes a pair of ${KeyPairSpec} whose private key Decrypt gives back`, async () => {
    await using opened = await openKms();
    const { id: KeyId, arn } = await opened.create();
    const asked = { KeyId, KeyPairSpec, EncryptionContext };
    const made = await opened.kms.send(new GenerateDataKeyPairCommand(asked));
    assert.deepEqual([made.KeyId, made.KeyPairSpec], [arn, KeyPairSpec]);
    const privateKey = createPrivateKey({ key: Buffer.from(made.PrivateKeyPlaintext!), format: "der", type: "pkcs8" });
    const publicKey = createPublicKey({ key: Buffer.from(made.PublicKey!), format: "der", type: "spki" });
    assert.equal(privateKey.asymmetricKeyType, type);
    const { modulusLength, namedCurve } = privateKey.asymmetricKeyDetails ?? {};
    assert.equal(modulusLength ?? namedCurve, detail);
    assert.ok(createPublicKey(privateKey).equals(publicKey));
    const CiphertextBlob = made.PrivateKeyCiphertextBlob;
    const { Plaintext } = await opened.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    assert.deepEqual(Plaintext, made.PrivateKeyPlaintext);
    await assert.rejects(opened.kms.send(new DecryptCommand({ CiphertextBlob })), {
      name: "InvalidCiphertextException",
    });
    const { conditions } = opened.asked.find((access) => access.action === "kms:GenerateDataKeyPair")!;
    assert.equal(conditions?.["kms:DataKeyPairSpec"], KeyPairSpec);
    assert.equal(conditions?.["kms:EncryptionContext:purpose"], "test");
  });
}

test("GenerateDataKeyPair refuses keys that are not symmetric or disabled, SM2, an enclave, and a dry run", async () => {
  await using opened = await openKms();
  const [own, pair, signing] = [
    await opened.create(),
    await opened.create({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" }),
    await opened.create({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }),
  ];
  const make = (KeyId: string, KeyPairSpec: DataKeyPairSpec = "ECC_NIST_P256", more = {}) =>
    opened.kms.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec, ...more }));
  await assert.rejects(make(pair.id), {
    name: "InvalidKeyUsageException",
    message: "You cannot generate a data key with an asymmetric CMK",
  });
  await assert.rejects(make(signing.id), {
    name: "InvalidKeyUsageException",
    message: `${signing.arn} key usage is SIGN_VERIFY which is not valid for GenerateDataKeyPair.`,
  });
  await assert.rejects(make(own.id, "SM2"), {
    name: "UnsupportedOperationException",
    message: "KeyPairSpec SM2 is not supported by Sealift",
  });
  const Recipient = { KeyEncryptionAlgorithm: "RSAES_OAEP_SHA_256", AttestationDocument: Buffer.of(1) };
  await assert.rejects(make(own.id, "ECC_NIST_P256", { Recipient }), { name: "UnsupportedOperationException" });
  await assert.rejects(make(own.id, "RSA_4096", { DryRun: true }), { name: "DryRunOperationException" });
  await opened.kms.send(new DisableKeyCommand({ KeyId: own.id }));
  await assert.rejects(make(own.id), { name: "DisabledException", message: `${own.arn} is disabled.` });
});
