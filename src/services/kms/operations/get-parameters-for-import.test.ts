import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { test } from "node:test";
import {
  type AlgorithmSpec,
  type CreateKeyCommandInput,
  GetParametersForImportCommand,
  type KeySpec,
  type KeyUsageType,
  type WrappingKeySpec,
} from "@aws-sdk/client-kms";
import { createKey, day, openKms } from "../kms.fixture.ts";

const external: CreateKeyCommandInput = { Origin: "EXTERNAL" };

test("GetParametersForImport gives a wrapping key and a token, valid for a day", async () => {
  await using opened = await openKms();
  const { kms, clock, asked } = opened;
  const { id: KeyId, arn } = await createKey(kms, external);
  const input = { KeyId, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_3072" } as const;
  const parameters = await kms.getParametersForImport(input);
  assert.equal(parameters.KeyId, arn);
  assert.equal(parameters.ParametersValidTo?.getTime(), clock.now().getTime() + day);
  const der = Buffer.from(parameters.PublicKey!);
  const { modulusLength } = createPublicKey({ key: der, format: "der", type: "spki" }).asymmetricKeyDetails!;
  assert.equal(modulusLength, 3072);
  const { conditions } = asked.at(-1)!;
  assert.equal(conditions?.["kms:WrappingAlgorithm"], "RSAES_OAEP_SHA_256");
  assert.equal(conditions?.["kms:WrappingKeySpec"], "RSA_3072");
});

const wrongWrappings: [KeySpec, KeyUsageType, AlgorithmSpec, WrappingKeySpec][] = [
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_PKCS1_V1_5", "RSA_2048"],
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSA_AES_KEY_WRAP_SHA_256", "RSA_2048"],
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "SM2PKE", "SM2"],
  ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "RSAES_OAEP_SHA_256", "SM2"],
  ["HMAC_256", "GENERATE_VERIFY_MAC", "RSA_AES_KEY_WRAP_SHA_1", "RSA_4096"],
  ["RSA_2048", "SIGN_VERIFY", "RSAES_OAEP_SHA_256", "RSA_4096"],
  ["ECC_NIST_P521", "SIGN_VERIFY", "RSAES_OAEP_SHA_1", "RSA_2048"],
];

for (const [spec, usage, WrappingAlgorithm, WrappingKeySpec] of wrongWrappings) {
  test(`GetParametersForImport refuses ${WrappingAlgorithm} with ${WrappingKeySpec} for a key of spec ${spec}`, async () => {
    await using opened = await openKms();
    const { id } = await createKey(opened.kms, { ...external, KeySpec: spec, KeyUsage: usage });
    const command = new GetParametersForImportCommand({ KeyId: id, WrappingAlgorithm, WrappingKeySpec });
    await assert.rejects(opened.kms.send(command), { name: "UnsupportedOperationException" });
  });
}
