import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  paginateListKeys,
  paginateListResourceTags,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import type { TestDatabase } from "../../../../test/support/databases.ts";
import { databases } from "../../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { kmsService, kmsStore } from "../index.ts";
import { untold } from "../kms.fixture.ts";

const day = 24 * 60 * 60 * 1000;

async function openKms(testDatabase: TestDatabase) {
  const database = await testDatabase.open();
  const clock = fakeClock();
  const store = kmsStore(database, keyring(randomBytes(32)), clock, randomIds, untold);
  const kms = new KMSClient(inProcess([kmsService({ store, authorize: async () => undefined })], { clock }));
  return { kms, store, clock, database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

async function createKey(kms: KMSClient, input: CreateKeyCommandInput = {}) {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn!, metadata: KeyMetadata! };
}

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

  test(`DescribeKey finds a key by id, ARN, alias name and alias ARN (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await createKey(opened.kms);
    await opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: id }));
    for (const KeyId of [id, arn, "alias/app", arn.replace(`key/${id}`, "alias/app")]) {
      const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId }));
      assert.equal(KeyMetadata?.Arn, arn, KeyId);
    }
  });

  test(`EnableKey and DisableKey switch a key, again and again (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id } = await createKey(opened.kms);
    for (const [command, state] of [
      [new DisableKeyCommand({ KeyId: id }), "Disabled"],
      [new DisableKeyCommand({ KeyId: id }), "Disabled"],
      [new EnableKeyCommand({ KeyId: id }), "Enabled"],
    ] as const) {
      await opened.kms.send(command as DisableKeyCommand);
      const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: id }));
      assert.equal(KeyMetadata?.KeyState, state);
      assert.equal(KeyMetadata?.Enabled, state === "Enabled");
    }
  });

  test(`ScheduleKeyDeletion blocks changes until CancelKeyDeletion leaves the key disabled (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn } = await createKey(kms);
    const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    const DeletionDate = new Date(clock.now().getTime() + 7 * day);
    const { $metadata: _, ...answer } = scheduled;
    assert.deepEqual(answer, { KeyId: arn, DeletionDate, KeyState: "PendingDeletion", PendingWindowInDays: 7 });
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    assert.deepEqual(KeyMetadata?.DeletionDate, DeletionDate);

    const refused = { name: "KMSInvalidStateException", message: `${arn} is pending deletion.` };
    await assert.rejects(kms.send(new EnableKeyCommand({ KeyId: id })), refused);
    await assert.rejects(kms.send(new DisableKeyCommand({ KeyId: id })), refused);
    await assert.rejects(kms.send(new ScheduleKeyDeletionCommand({ KeyId: id })), refused);
    await assert.rejects(kms.send(new EncryptCommand({ KeyId: id, Plaintext: Buffer.of(1) })), refused);
    await assert.rejects(kms.send(new CreateAliasCommand({ AliasName: "alias/a", TargetKeyId: id })), refused);
    await assert.rejects(kms.send(new UpdateKeyDescriptionCommand({ KeyId: id, Description: "" })), refused);
    await assert.rejects(kms.send(new UntagResourceCommand({ KeyId: id, TagKeys: ["a"] })), refused);

    assert.equal((await kms.send(new CancelKeyDeletionCommand({ KeyId: id }))).KeyId, arn);
    clock.advance(8 * day);
    const kept = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    assert.equal(kept.KeyMetadata?.KeyState, "Disabled");
    assert.equal(kept.KeyMetadata?.DeletionDate, undefined);
    await assert.rejects(kms.send(new CancelKeyDeletionCommand({ KeyId: id })), {
      name: "KMSInvalidStateException",
      message: `${arn} is not pending deletion.`,
    });
  });

  test(`A key is gone when its deletion date has passed, and removeDue removes its material (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, store, clock, database: stored } = opened;
    const { id, arn } = await createKey(kms);
    const kept = await createKey(kms);
    await kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: id }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    clock.advance(7 * day - 1);
    assert.equal(await store.deletions.removeDue(), 0);
    await kms.send(new DescribeKeyCommand({ KeyId: id }));
    clock.advance(1);
    const gone = { name: "NotFoundException", message: `Key '${arn}' does not exist` };
    await assert.rejects(kms.send(new DescribeKeyCommand({ KeyId: id })), gone);
    await assert.rejects(kms.send(new CancelKeyDeletionCommand({ KeyId: id })), gone);
    await assert.rejects(kms.send(new DescribeKeyCommand({ KeyId: "alias/app" })), {
      name: "NotFoundException",
      message: `Alias arn:aws:kms:us-east-1:${testAccount}:alias/app is not found.`,
    });
    assert.deepEqual((await kms.send(new ListKeysCommand({}))).Keys, [{ KeyId: kept.id, KeyArn: kept.arn }]);
    const aliases = await kms.send(new ListAliasesCommand({}));
    assert.deepEqual(
      aliases.Aliases?.map(({ AliasName }) => AliasName),
      ["alias/aws/secretsmanager", "alias/aws/ssm"],
    );

    await kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: kept.id }));
    const materials = await stored.db.selectFrom("kms_key_materials").select("key_id").execute();
    assert.deepEqual(
      materials.map((row) => row.key_id),
      [kept.id],
    );
    assert.equal(await store.deletions.removeDue(), 0);
  });

  test(`ListKeys pages through all keys of the account (${database.name})`, async () => {
    await using opened = await openKms(database);
    const ids = (await Promise.all(Array.from({ length: 5 }, () => createKey(opened.kms)))).map(({ id }) => id);
    const pages: string[][] = [];
    for await (const page of paginateListKeys({ client: opened.kms, pageSize: 2 }, {})) {
      pages.push(page.Keys!.map((key) => key.KeyId!));
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [2, 2, 1],
    );
    assert.deepEqual(pages.flat(), ids.sort());
  });

  test(`TagResource and UntagResource keep what they do not name (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id } = await createKey(kms, { Tags: [{ TagKey: "b", TagValue: "1" }] });
    await kms.send(
      new TagResourceCommand({
        KeyId: id,
        Tags: [
          { TagKey: "b", TagValue: "2" },
          { TagKey: "__proto__", TagValue: "" },
          { TagKey: "a", TagValue: "\u0000" },
        ],
      }),
    );
    const pages: object[] = [];
    for await (const page of paginateListResourceTags({ client: kms, pageSize: 2 }, { KeyId: id })) {
      pages.push(page.Tags!);
    }
    assert.deepEqual(pages, [
      [
        { TagKey: "__proto__", TagValue: "" },
        { TagKey: "a", TagValue: "\u0000" },
      ],
      [{ TagKey: "b", TagValue: "2" }],
    ]);
    await kms.send(new UntagResourceCommand({ KeyId: id, TagKeys: ["a", "__proto__", "missing"] }));
    const { Tags, Truncated } = await kms.send(new ListResourceTagsCommand({ KeyId: id }));
    assert.deepEqual(Tags, [{ TagKey: "b", TagValue: "2" }]);
    assert.equal(Truncated, false);
  });

  test(`TagResource keeps every tag of requests at the same time (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id } = await createKey(opened.kms);
    const names = ["a", "b", "c", "d", "e", "f"];
    const tag = (TagKey: string) => new TagResourceCommand({ KeyId: id, Tags: [{ TagKey, TagValue: "" }] });
    await Promise.all(names.map((name) => opened.kms.send(tag(name))));
    const { Tags } = await opened.kms.send(new ListResourceTagsCommand({ KeyId: id }));
    assert.deepEqual(
      Tags?.map(({ TagKey }) => TagKey),
      names,
    );
  });

  test(`UpdateKeyDescription and GetKeyRotationStatus answer for a key (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await createKey(opened.kms, { Description: "old" });
    await opened.kms.send(new UpdateKeyDescriptionCommand({ KeyId: arn, Description: "new" }));
    const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: id }));
    assert.equal(KeyMetadata?.Description, "new");
    const status = await opened.kms.send(new GetKeyRotationStatusCommand({ KeyId: arn }));
    assert.equal(status.KeyId, id);
    assert.equal(status.KeyRotationEnabled, false);
  });
}

const unknownId = "00000000-0000-4000-8000-000000000000";
const own = `arn:aws:kms:us-east-1:${testAccount}`;
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ TagKey: `k${index}`, TagValue: "" }));

const createKeyRefusals: [string, CreateKeyCommandInput, string, string][] = [
  [
    "a usage that is none",
    { KeySpec: "RSA_2048", KeyUsage: "constructor" as "SIGN_VERIFY" },
    "ValidationException",
    "1 validation error detected: Value 'constructor' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [ENCAPSULATE_DECAPSULATE, ENCRYPT_DECRYPT, GENERATE_VERIFY_MAC, KEY_AGREEMENT, SIGN_VERIFY]",
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
    "a usage that the old member's spec has not",
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
for (const [what, input, name, message] of createKeyRefusals) {
  test(`CreateKey refuses ${what}`, async () => {
    await using opened = await openKms(databases()[0]!);
    await assert.rejects(opened.kms.send(new CreateKeyCommand(input)), { name, message });
    assert.deepEqual((await opened.kms.send(new ListKeysCommand({}))).Keys, []);
  });
}

const refusals: [string, object, string, string][] = [
  [
    "DescribeKey refuses an id that no key has",
    new DescribeKeyCommand({ KeyId: unknownId }),
    "NotFoundException",
    `Key '${own}:key/${unknownId}' does not exist`,
  ],
  [
    "DescribeKey refuses what is no id",
    new DescribeKeyCommand({ KeyId: "foo" }),
    "NotFoundException",
    "Invalid keyId 'foo'",
  ],
  [
    "DescribeKey refuses an alias that is not there",
    new DescribeKeyCommand({ KeyId: "alias/foo" }),
    "NotFoundException",
    `Alias ${own}:alias/foo is not found.`,
  ],
  [
    "DescribeKey refuses a key of another region",
    new DescribeKeyCommand({ KeyId: `arn:aws:kms:eu-west-1:${testAccount}:key/${unknownId}` }),
    "NotFoundException",
    "Invalid arn eu-west-1",
  ],
  [
    "EnableKey refuses an alias name",
    new EnableKeyCommand({ KeyId: "alias/foo" }),
    "NotFoundException",
    "Invalid keyId 'alias/foo'",
  ],
  [
    "PutKeyPolicy refuses an alias ARN",
    new PutKeyPolicyCommand({ KeyId: `${own}:alias/foo`, Policy: "{}" }),
    "InvalidArnException",
    "Key Aliases are not supported for this operation",
  ],
  [
    "ListKeys refuses a marker that it never gave",
    new ListKeysCommand({ Marker: "x" }),
    "InvalidMarkerException",
    "The marker that specifies where pagination should next begin is not valid.",
  ],
];
for (const [name, command, error, message] of refusals) {
  test(name, async () => {
    await using opened = await openKms(databases()[0]!);
    await assert.rejects(opened.kms.send(command as DescribeKeyCommand), { name: error, message });
  });
}

test("ScheduleKeyDeletion refuses a window that AWS does not have", async () => {
  await using opened = await openKms(databases()[0]!);
  const { id } = await createKey(opened.kms);
  for (const days of [6, 31]) {
    await assert.rejects(opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: days })), {
      name: "ValidationException",
      message: `PendingWindowInDays should be between 7 and 30, but it is ${days}`,
    });
  }
});
