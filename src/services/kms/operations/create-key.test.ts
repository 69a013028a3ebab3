import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateKeyCommand, type CreateKeyCommandInput, DescribeKeyCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { denied, openPolicies, role } from "../keys/policies.fixture.ts";
import { createKey, decrypt, encrypt, openKms, Plaintext } from "../kms.fixture.ts";

const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ TagKey: `k${index}`, TagValue: "" }));
const createKeyRefusals: [string, CreateKeyCommandInput, string, string][] = [
  [
    "an unknown usage",
    { KeySpec: "RSA_2048", KeyUsage: "constructor" as "SIGN_VERIFY" },
    "ValidationException",
    "1 validation error detected: Value 'constructor' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [KEY_AGREEMENT, ENCAPSULATE_DECAPSULATE, GENERATE_VERIFY_MAC, ENCRYPT_DECRYPT, SIGN_VERIFY]",
  ],
  [
    "an ML-KEM key that agrees on keys",
    { KeySpec: "ML_KEM_768", KeyUsage: "KEY_AGREEMENT" },
    "ValidationException",
    "KeyUsage KEY_AGREEMENT is not compatible with KeySpec ML_KEM_768",
  ],
  [
    "an SM2 key",
    { KeySpec: "SM2", KeyUsage: "SIGN_VERIFY" },
    "UnsupportedOperationException",
    "KeySpec SM2 is not supported by Sealift",
  ],
  [
    "a usage that does not go with the old member's spec",
    { CustomerMasterKeySpec: "RSA_4096", KeyUsage: "KEY_AGREEMENT" },
    "ValidationException",
    "KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_4096",
  ],
  [
    "a key for MACs that encrypts",
    { KeySpec: "HMAC_256", KeyUsage: "ENCRYPT_DECRYPT" },
    "ValidationException",
    "KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec HMAC_256",
  ],
  [
    "no usage for an asymmetric key",
    { KeySpec: "ECC_NIST_P256" },
    "ValidationException",
    "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
  ],
  [
    "a usage that symmetric keys have not",
    { KeyUsage: "SIGN_VERIFY" },
    "ValidationException",
    "KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT",
  ],
  [
    "both members for the spec",
    { KeySpec: "SYMMETRIC_DEFAULT", CustomerMasterKeySpec: "SYMMETRIC_DEFAULT" },
    "ValidationException",
    "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.",
  ],
  ["too many tags", { Tags: tags(51) }, "TagException", "Too many tags"],
  ["a tag twice", { Tags: [...tags(1), ...tags(1)] }, "TagException", "Duplicate tag keys"],
  [
    "a reserved tag",
    { Tags: [{ TagKey: "AWS:x", TagValue: "" }] },
    "TagException",
    "Tags beginning with aws: are reserved",
  ],
];

for (const database of databases()) {
  test(`CreateKey makes an enabled symmetric key that DescribeKey shows (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, metadata } = await createKey(opened.kms, { Description: "Zähler \u0000" });
    assert.deepEqual(metadata, {
      AWSAccountId: testAccount,
      KeyId: id,
      Arn: `arn:aws:kms:us-east-1:${testAccount}:key/${id}`,
      CreationDate: opened.clock.now(),
      Enabled: true,
      Description: "Zähler \u0000",
      KeyUsage: "ENCRYPT_DECRYPT",
      KeyState: "Enabled",
      Origin: "AWS_KMS",
      KeyManager: "CUSTOMER",
      CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
      KeySpec: "SYMMETRIC_DEFAULT",
      EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      MultiRegion: false,
      CurrentKeyMaterialId: metadata.CurrentKeyMaterialId,
    });
    assert.match(metadata.CurrentKeyMaterialId!, /^[0-9a-f]{64}$/);
    const described = await opened.kms.send(new DescribeKeyCommand({ KeyId: id }));
    assert.deepEqual(described.KeyMetadata, metadata);
  });

  test(`CreateKey makes a multi-Region key, a primary without replicas (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn, metadata } = await createKey(opened.kms, multiRegion);
    assert.match(id, /^mrk-[0-9a-f]{32}$/);
    assert.equal(metadata.MultiRegion, true);
    assert.deepEqual(metadata.MultiRegionConfiguration, {
      ...{ MultiRegionKeyType: "PRIMARY", PrimaryKey: { Arn: arn, Region: "us-east-1" }, ReplicaKeys: [] },
    });
    assert.deepEqual(await decrypt(opened.kms, await encrypt(opened.kms, arn)), Plaintext);
  });
}

const multiRegion = { MultiRegion: true } as const;

for (const [what, input, name, message] of createKeyRefusals) {
  test(`CreateKey refuses ${what}`, async () => {
    await using opened = await openKms();
    await assert.rejects(opened.kms.send(new CreateKeyCommand(input)), { name, message });
    assert.deepEqual((await opened.kms.send(new ListKeysCommand({}))).Keys, []);
  });
}

for (const input of [
  { CustomKeyStoreId: "cks-1234567890abcdef0" },
  { Origin: "AWS_CLOUDHSM" },
  { Origin: "EXTERNAL_KEY_STORE" },
] as const) {
  test(`CreateKey refuses a key in a custom key store: ${JSON.stringify(input)}`, async () => {
    await using opened = await openKms();
    await assert.rejects(opened.kms.createKey(input), { name: "UnsupportedOperationException" });
  });
}

test("CreateKey takes the spec by its old member", async () => {
  await using opened = await openKms();
  const input: CreateKeyCommandInput = { CustomerMasterKeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" };
  const { metadata } = await opened.create(input);
  assert.equal(metadata.KeySpec, "ECC_NIST_P256");
});

test("CreateKey with tags needs permission to tag", async () => {
  await using opened = await openPolicies();
  const { kms, caller } = opened;
  const create = () => kms.send(new CreateKeyCommand({ Tags: [{ TagKey: "team", TagValue: "blue" }] }));
  const createOnly = { Effect: "Allow", Action: "kms:CreateKey", Resource: "*" };
  const tag = { Effect: "Allow", Action: "kms:TagResource", Resource: `arn:aws:kms:*:${testAccount}:key/*` };
  caller.principal = role;
  caller.identity = [createOnly];
  const anyKey = `arn:aws:kms:us-east-1:${testAccount}:key/*`;
  await assert.rejects(create(), denied(role, "kms:TagResource", anyKey, "identity"));
  caller.identity = [createOnly, tag];
  assert.ok((await create()).KeyMetadata);
  caller.identity = [createOnly, { ...tag, Condition: { StringEquals: { "aws:RequestTag/team": "red" } } }];
  await assert.rejects(create(), { name: "AccessDeniedException" });
});
