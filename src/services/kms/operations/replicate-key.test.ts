import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateAliasCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { createKey, day, decrypt, describeKey, encrypt, openKms, Plaintext } from "../kms.fixture.ts";

const multiRegion = { MultiRegion: true } as const;

async function replicate(kms: KMSClient, KeyId: string, ReplicaRegion: string) {
  return kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion }));
}

function arnIn(region: string, id: string): string {
  return `arn:aws:kms:${region}:${testAccount}:key/${id}`;
}

for (const database of databases()) {
  test(`ReplicateKey makes the same key with its own text in another region (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const ireland = opened.kmsIn("eu-west-1");
    const { id, arn, metadata } = await createKey(kms, {
      ...multiRegion,
      ...{ Description: "the primary", Tags: [{ TagKey: "a", TagValue: "1" }] },
    });
    await kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: id }));
    await assert.rejects(ireland.send(new DescribeKeyCommand({ KeyId: id })), { name: "NotFoundException" });
    const Tags = [{ TagKey: "b", TagValue: "2" }];
    const input = { KeyId: arn, ReplicaRegion: "eu-west-1", Description: "the replica", Tags };
    const made = await kms.send(new ReplicateKeyCommand(input));
    const PrimaryKey = { Arn: arn, Region: "us-east-1" };
    const ReplicaKeys = [{ Arn: arnIn("eu-west-1", id), Region: "eu-west-1" }];
    const replica = {
      ...metadata,
      ...{ Arn: arnIn("eu-west-1", id), Description: "the replica", CreationDate: opened.clock.now() },
      MultiRegionConfiguration: { MultiRegionKeyType: "REPLICA", PrimaryKey, ReplicaKeys },
    };
    const { CurrentKeyMaterialId: _, ...shown } = replica;
    assert.deepEqual(made.ReplicaKeyMetadata, { ...shown, KeyState: "Creating", Enabled: false });
    assert.deepEqual(made.ReplicaTags, Tags);
    assert.deepEqual(await describeKey(ireland, id), replica);
    assert.deepEqual((await describeKey(kms, id)).MultiRegionConfiguration, {
      ...{ MultiRegionKeyType: "PRIMARY", PrimaryKey, ReplicaKeys },
    });
    const policy = await ireland.send(new GetKeyPolicyCommand({ KeyId: id }));
    assert.equal(policy.Policy, made.ReplicaPolicy);
    assert.deepEqual((await ireland.send(new ListResourceTagsCommand({ KeyId: id }))).Tags, Tags);
    assert.deepEqual((await ireland.send(new ListAliasesCommand({ KeyId: id }))).Aliases, []);
    assert.deepEqual((await ireland.send(new ListKeysCommand({}))).Keys, [
      { KeyId: id, KeyArn: arnIn("eu-west-1", id) },
    ]);

    assert.deepEqual(await decrypt(ireland, await encrypt(kms, id)), Plaintext);
    assert.deepEqual(await decrypt(kms, await encrypt(ireland, id)), Plaintext);
    const { KeyId } = await ireland.send(new DecryptCommand({ CiphertextBlob: await encrypt(kms, id) }));
    assert.equal(KeyId, arnIn("eu-west-1", id));
    const elsewhere = opened.kmsIn("eu-central-1");
    await assert.rejects(decrypt(elsewhere, await encrypt(kms, id)), {
      name: /^(?:InvalidCiphertext|AccessDenied)Exception$/,
    });

    await kms.send(new DisableKeyCommand({ KeyId: id }));
    const blob = await encrypt(ireland, id);
    await assert.rejects(decrypt(kms, blob), { name: "DisabledException", message: `${arn} is disabled.` });
    assert.deepEqual(await decrypt(ireland, blob), Plaintext);
  });

  test(`A region from which a replica was deleted can have it again (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const ireland = opened.kmsIn("eu-west-1");
    const { id } = await createKey(kms, multiRegion);
    await replicate(kms, id, "eu-west-1");
    const blob = await encrypt(ireland, id);
    await ireland.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    const exists = { name: "AlreadyExistsException", message: `Key '${arnIn("eu-west-1", id)}' already exists` };
    await assert.rejects(replicate(kms, id, "eu-west-1"), exists);
    clock.advance(7 * day);
    await replicate(kms, id, "eu-west-1");
    assert.deepEqual(await decrypt(ireland, blob), Plaintext);
  });
}

test("ReplicateKey refuses keys of one region, other partitions and the primary's own region", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const single = await createKey(kms);
  await assert.rejects(replicate(kms, single.id, "eu-west-1"), {
    name: "UnsupportedOperationException",
    message: `${single.arn} is not a multi-region primary key.`,
  });
  const { id, arn } = await createKey(kms, multiRegion);
  for (const region of ["cn-north-1", "us-gov-west-1"]) {
    await assert.rejects(replicate(kms, id, region), { name: "UnsupportedOperationException" });
  }
  await assert.rejects(replicate(kms, id, "us-east-1"), {
    name: "AlreadyExistsException",
    message: `Key '${arn}' already exists`,
  });
  for (const region of ["", "Ireland", "eu-west-1 ", "eu-west-1\u0000"]) {
    await assert.rejects(replicate(kms, id, region), { name: "ValidationException" });
  }
  const Policy = '{"Version":"2012-10-17"}';
  await assert.rejects(kms.send(new ReplicateKeyCommand({ KeyId: id, ReplicaRegion: "eu-west-1", Policy })), {
    name: "MalformedPolicyDocumentException",
  });
});
