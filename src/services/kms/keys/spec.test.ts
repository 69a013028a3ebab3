import assert from "node:assert/strict";
import { test } from "node:test";
import { DescribeKeyCommand, KeySpec } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { openKms } from "../kms.fixture.ts";
import { materialKind } from "./spec.ts";

const rsa = { EncryptionAlgorithms: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] };
const rsaSigning = {
  SigningAlgorithms: [
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
  ],
};
const ecdh = { KeyAgreementAlgorithms: ["ECDH"] };

/** Spec, usage, and the algorithms that DescribeKey shows. */
const kinds = [
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] }],
  ["HMAC_224", "GENERATE_VERIFY_MAC", { MacAlgorithms: ["HMAC_SHA_224"] }],
  ["HMAC_256", "GENERATE_VERIFY_MAC", { MacAlgorithms: ["HMAC_SHA_256"] }],
  ["HMAC_384", "GENERATE_VERIFY_MAC", { MacAlgorithms: ["HMAC_SHA_384"] }],
  ["HMAC_512", "GENERATE_VERIFY_MAC", { MacAlgorithms: ["HMAC_SHA_512"] }],
  ["RSA_2048", "ENCRYPT_DECRYPT", rsa],
  ["RSA_2048", "SIGN_VERIFY", rsaSigning],
  ["RSA_3072", "ENCRYPT_DECRYPT", rsa],
  ["RSA_4096", "SIGN_VERIFY", rsaSigning],
  ["ECC_NIST_P256", "SIGN_VERIFY", { SigningAlgorithms: ["ECDSA_SHA_256"] }],
  ["ECC_NIST_P256", "KEY_AGREEMENT", ecdh],
  ["ECC_NIST_P384", "SIGN_VERIFY", { SigningAlgorithms: ["ECDSA_SHA_384"] }],
  ["ECC_NIST_P384", "KEY_AGREEMENT", ecdh],
  ["ECC_NIST_P521", "SIGN_VERIFY", { SigningAlgorithms: ["ECDSA_SHA_512"] }],
  ["ECC_NIST_P521", "KEY_AGREEMENT", ecdh],
  ["ECC_SECG_P256K1", "SIGN_VERIFY", { SigningAlgorithms: ["ECDSA_SHA_256"] }],
  ["ECC_NIST_EDWARDS25519", "SIGN_VERIFY", { SigningAlgorithms: ["ED25519_SHA_512", "ED25519_PH_SHA_512"] }],
  ["ML_DSA_44", "SIGN_VERIFY", { SigningAlgorithms: ["ML_DSA_SHAKE_256"] }],
  ["ML_DSA_65", "SIGN_VERIFY", { SigningAlgorithms: ["ML_DSA_SHAKE_256"] }],
  ["ML_DSA_87", "SIGN_VERIFY", { SigningAlgorithms: ["ML_DSA_SHAKE_256"] }],
  ["ML_KEM_512", "ENCAPSULATE_DECAPSULATE", { EncapsulationAlgorithms: ["ML_KEM"] }],
  ["ML_KEM_768", "ENCAPSULATE_DECAPSULATE", { EncapsulationAlgorithms: ["ML_KEM"] }],
  ["ML_KEM_1024", "ENCAPSULATE_DECAPSULATE", { EncapsulationAlgorithms: ["ML_KEM"] }],
] as const;

const unsupported: readonly string[] = ["SM2"];

test("Keys of every spec but SM2 can be made", () => {
  const specs = Object.values(KeySpec);
  assert.deepEqual(
    specs.filter((spec) => materialKind(spec) === undefined),
    unsupported,
  );
  assert.deepEqual(
    specs.filter((spec) => !kinds.some(([known]) => known === spec)),
    unsupported,
  );
});

for (const database of databases()) {
  for (const [KeySpec, KeyUsage, algorithms] of kinds) {
    test(`DescribeKey shows a key of spec ${KeySpec} for ${KeyUsage} (${database.name})`, async () => {
      await using opened = await openKms(database);
      const { id, metadata } = await opened.create({ KeySpec, KeyUsage });
      const created = opened.asked.find((access) => access.action === "kms:CreateKey");
      assert.equal(created?.conditions?.["kms:KeySpec"], KeySpec);
      assert.equal(created?.conditions?.["kms:KeyUsage"], KeyUsage);
      const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: id }));
      assert.deepEqual(KeyMetadata, metadata);
      assert.equal(KeyMetadata?.KeySpec, KeySpec);
      assert.equal(KeyMetadata?.KeyUsage, KeyUsage);
      const isOfOld = !/^ML_|EDWARDS/.test(KeySpec);
      assert.equal(KeyMetadata?.CustomerMasterKeySpec, isOfOld ? KeySpec : undefined);
      const shown = Object.entries(KeyMetadata!).filter(([name]) => name.endsWith("Algorithms"));
      assert.deepEqual(Object.fromEntries(shown), algorithms);
      const described = opened.asked.at(-1)?.conditions;
      assert.equal(described?.["kms:KeySpec"], KeySpec);
      assert.equal(described?.["kms:KeyUsage"], KeyUsage);
      assert.equal(described?.["kms:KeyOrigin"], "AWS_KMS");
    });
  }
}
