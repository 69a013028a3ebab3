import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { createKey, day, describeKey, listRotations, openKms } from "../kms.fixture.ts";
import { importMaterial } from "../materials/wrapping.fixture.ts";

const Plaintext = new Uint8Array(Buffer.from("a secret"));
const multiRegion = { MultiRegion: true } as const;
const all = { IncludeKeyMaterial: "ALL_KEY_MATERIAL" } as const;

async function encrypt(kms: KMSClient, KeyId: string): Promise<Uint8Array> {
  return (await kms.send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob!;
}

async function decrypt(kms: KMSClient, CiphertextBlob: Uint8Array): Promise<Uint8Array> {
  return (await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext!;
}

async function replicate(kms: KMSClient, KeyId: string, ReplicaRegion: string) {
  return kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion }));
}

function arnIn(region: string, id: string): string {
  return `arn:aws:kms:${region}:${testAccount}:key/${id}`;
}

for (const database of databases()) {
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
    assert.deepEqual(made.ReplicaKeyMetadata, {
      ...metadata,
      ...{ Arn: arnIn("eu-west-1", id), Description: "the replica", CreationDate: opened.clock.now() },
      MultiRegionConfiguration: { MultiRegionKeyType: "REPLICA", PrimaryKey, ReplicaKeys },
    });
    assert.deepEqual(made.ReplicaTags, Tags);
    assert.deepEqual(await describeKey(ireland, id), made.ReplicaKeyMetadata);
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

  test(`Rotations of a primary are those of its replicas, also of replicas that come later (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const [ireland, sydney] = [opened.kmsIn("eu-west-1"), opened.kmsIn("ap-southeast-2")];
    const { id, metadata } = await createKey(kms, multiRegion);
    const blobs = [await encrypt(kms, id)];
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    await replicate(kms, id, "eu-west-1");
    blobs.push(await encrypt(ireland, id));
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    clock.advance(90 * day);
    blobs.push(await encrypt(kms, id));
    await replicate(kms, id, "ap-southeast-2");
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    blobs.push(await encrypt(sydney, id));
    const { $metadata: _, ...status } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    const rotations = await listRotations(kms, id, all);
    assert.equal(rotations.length, 4);
    assert.equal(rotations[0]?.KeyMaterialId, metadata.CurrentKeyMaterialId);
    for (const region of [kms, ireland, sydney]) {
      for (const [index, CiphertextBlob] of blobs.entries()) {
        const { Plaintext: plaintext, KeyMaterialId } = await region.send(new DecryptCommand({ CiphertextBlob }));
        assert.deepEqual(plaintext, Plaintext);
        assert.equal(KeyMaterialId, rotations[index]?.KeyMaterialId);
      }
      const { $metadata: _, ...own } = await region.send(new GetKeyRotationStatusCommand({ KeyId: id }));
      assert.deepEqual(own, status);
      assert.deepEqual(await listRotations(region, id, all), rotations);
      assert.equal((await describeKey(region, id)).CurrentKeyMaterialId, rotations[3]?.KeyMaterialId);
    }
    const refused = {
      name: "UnsupportedOperationException",
      message: `${arnIn("eu-west-1", id)} is not a multi-region primary key.`,
    };
    await assert.rejects(ireland.send(new RotateKeyOnDemandCommand({ KeyId: id })), refused);
    await assert.rejects(ireland.send(new EnableKeyRotationCommand({ KeyId: id })), refused);
  });

  test(`A purge rotates the replicas with their primary, and not while that is disabled (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store } = opened;
    const { id } = await createKey(kms, multiRegion);
    await replicate(kms, id, "eu-west-1");
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    await kms.send(new DisableKeyCommand({ KeyId: id }));
    clock.advance(90 * day);
    assert.equal(await store.rotations.rotateDue(), 0);
    await store.keys.change({ region: "us-east-1", id }, () => ({ state: "Enabled" }));
    assert.equal(await store.rotations.rotateDue(), 1);
    assert.equal(await store.rotations.rotateDue(), 0);
    assert.equal((await listRotations(opened.kmsIn("eu-west-1"), id)).length, 1);
  });

  test(`UpdatePrimaryRegion makes the replica the primary and the primary a replica (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const ireland = opened.kmsIn("eu-west-1");
    const { id, arn } = await createKey(kms, multiRegion);
    await replicate(kms, id, "eu-west-1");
    await replicate(kms, id, "eu-central-1");
    await kms.send(new UpdatePrimaryRegionCommand({ KeyId: id, PrimaryRegion: "eu-west-1" }));
    const configuration = {
      PrimaryKey: { Arn: arnIn("eu-west-1", id), Region: "eu-west-1" },
      ReplicaKeys: [
        { Arn: arnIn("eu-central-1", id), Region: "eu-central-1" },
        { Arn: arn, Region: "us-east-1" },
      ],
    };
    for (const [region, MultiRegionKeyType] of [
      [kms, "REPLICA"],
      [ireland, "PRIMARY"],
      [opened.kmsIn("eu-central-1"), "REPLICA"],
    ] as const) {
      const { MultiRegionConfiguration: shown } = await describeKey(region, id);
      assert.deepEqual(shown, { MultiRegionKeyType, ...configuration });
    }
    await assert.rejects(replicate(kms, id, "eu-north-1"), {
      name: "UnsupportedOperationException",
      message: `${arn} is not a multi-region primary key.`,
    });
    await replicate(ireland, id, "eu-north-1");
    await ireland.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    assert.deepEqual(await decrypt(kms, await encrypt(ireland, id)), Plaintext);
  });

  test(`A primary is deleted after its last replica, a waiting period later (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store, database: stored } = opened;
    const [ireland, frankfurt] = [opened.kmsIn("eu-west-1"), opened.kmsIn("eu-central-1")];
    const { id, arn } = await createKey(kms, multiRegion);
    await replicate(kms, id, "eu-west-1");
    await replicate(kms, id, "eu-central-1");
    const week = { KeyId: id, PendingWindowInDays: 7 };
    const { $metadata: _, ...scheduled } = await kms.send(new ScheduleKeyDeletionCommand(week));
    assert.deepEqual(scheduled, { KeyId: arn, KeyState: "PendingReplicaDeletion", PendingWindowInDays: 7 });
    const waiting = await describeKey(kms, id);
    assert.equal(waiting.KeyState, "PendingReplicaDeletion");
    assert.equal(waiting.PendingDeletionWindowInDays, 7);
    assert.equal(waiting.DeletionDate, undefined);
    const message = `${arn} is pending replica deletion.`;
    await assert.rejects(encrypt(kms, id), { name: "KMSInvalidStateException", message });
    await assert.rejects(replicate(kms, id, "eu-north-1"), { name: "KMSInvalidStateException", message });
    clock.advance(100 * day);
    await store.purge();
    assert.equal((await describeKey(kms, id)).KeyState, "PendingReplicaDeletion");

    await ireland.send(new ScheduleKeyDeletionCommand(week));
    clock.advance(day);
    await frankfurt.send(new ScheduleKeyDeletionCommand(week));
    clock.advance(6 * day);
    await assert.rejects(describeKey(ireland, id), { name: "NotFoundException" });
    const { ReplicaKeys } = (await describeKey(kms, id)).MultiRegionConfiguration!;
    assert.deepEqual(ReplicaKeys, [{ Arn: arnIn("eu-central-1", id), Region: "eu-central-1" }]);
    const lastGone = clock.now().getTime() + day;
    clock.advance(day + 1000);
    const pending = await describeKey(kms, id);
    assert.equal(pending.KeyState, "PendingDeletion");
    assert.equal(pending.DeletionDate?.getTime(), lastGone + 7 * day);
    assert.deepEqual(pending.MultiRegionConfiguration?.ReplicaKeys, []);
    clock.advance(7 * day);
    await assert.rejects(describeKey(kms, id), { name: "NotFoundException" });
    await store.purge();
    for (const table of ["kms_keys", "kms_key_materials"] as const) {
      assert.deepEqual(await stored.db.selectFrom(table).select("key_id").execute(), []);
    }
  });

  test(`A primary whose replicas and own waiting period are long over is gone with one purge (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store, database: stored } = opened;
    const { id } = await createKey(kms, multiRegion);
    await replicate(kms, id, "eu-west-1");
    await opened.kmsIn("eu-west-1").send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    clock.advance(14 * day);
    await store.purge();
    assert.deepEqual(await stored.db.selectFrom("kms_keys").select("key_id").execute(), []);
  });

  test(`CancelKeyDeletion keeps a primary that waited for its replicas (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id, arn } = await createKey(kms, multiRegion);
    await replicate(kms, id, "eu-west-1");
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    assert.equal((await kms.send(new CancelKeyDeletionCommand({ KeyId: id }))).KeyId, arn);
    const { KeyState, PendingDeletionWindowInDays } = await describeKey(kms, id);
    assert.equal(KeyState, "Disabled");
    assert.equal(PendingDeletionWindowInDays, undefined);
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

  test(`Imported material is imported into each region, and rotated when all have it (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const ireland = opened.kmsIn("eu-west-1");
    const { id, arn } = await createKey(kms, { ...multiRegion, Origin: "EXTERNAL" });
    await assert.rejects(replicate(kms, id, "eu-west-1"), {
      name: "KMSInvalidStateException",
      message: `${arn} is pending import.`,
    });
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const one = await importMaterial(kms, id, first);
    const made = await replicate(kms, id, "eu-west-1");
    assert.equal(made.ReplicaKeyMetadata?.KeyState, "PendingImport");
    await assert.rejects(importMaterial(ireland, id, second), { name: "IncorrectKeyMaterialException" });
    const isNew = { ImportType: "NEW_KEY_MATERIAL" } as const;
    await assert.rejects(importMaterial(ireland, id, second, isNew), { name: "UnsupportedOperationException" });
    assert.equal((await importMaterial(ireland, id, first)).KeyMaterialId, one.KeyMaterialId);
    assert.equal((await describeKey(ireland, id)).KeyState, "Enabled");
    const blob = await encrypt(ireland, id);
    assert.deepEqual(await decrypt(kms, blob), Plaintext);

    const two = await importMaterial(kms, id, second, isNew);
    const stateOf = async (region: KMSClient) => (await listRotations(region, id, all))[1]?.KeyMaterialState;
    assert.equal(await stateOf(kms), "PENDING_MULTI_REGION_IMPORT_AND_ROTATION");
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), /No available key material/);
    const again = await importMaterial(ireland, id, second, { ImportType: "EXISTING_KEY_MATERIAL" });
    assert.equal(again.KeyMaterialId, two.KeyMaterialId);
    assert.equal(await stateOf(kms), "PENDING_ROTATION");
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    for (const region of [kms, ireland]) {
      assert.equal((await describeKey(region, id)).CurrentKeyMaterialId, two.KeyMaterialId);
      assert.deepEqual(await decrypt(region, blob), Plaintext);
    }
    assert.deepEqual(await decrypt(kms, await encrypt(ireland, id)), Plaintext);

    // Each region's material goes by itself.
    await ireland.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    assert.equal((await describeKey(ireland, id)).KeyState, "PendingImport");
    assert.equal((await describeKey(kms, id)).KeyState, "Enabled");
  });

  test(`A rotation does not wait for a replica that is to be deleted, which needs the material if it is kept (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const ireland = opened.kmsIn("eu-west-1");
    const { id } = await createKey(kms, { ...multiRegion, Origin: "EXTERNAL" });
    const [first, second] = [randomBytes(32), randomBytes(32)];
    await importMaterial(kms, id, first);
    await replicate(kms, id, "eu-west-1");
    await importMaterial(ireland, id, first);
    await importMaterial(kms, id, second, { ImportType: "NEW_KEY_MATERIAL" });
    await ireland.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    await ireland.send(new CancelKeyDeletionCommand({ KeyId: id }));
    assert.equal((await describeKey(ireland, id)).KeyState, "PendingImport");
    await importMaterial(ireland, id, second);
    assert.deepEqual(await decrypt(ireland, await encrypt(kms, id)), Plaintext);
  });

  test(`Material that waits for a rotation is deleted in all regions with the primary's (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const ireland = opened.kmsIn("eu-west-1");
    const { id } = await createKey(kms, { ...multiRegion, Origin: "EXTERNAL" });
    const first = randomBytes(32);
    await importMaterial(kms, id, first);
    await replicate(kms, id, "eu-west-1");
    await importMaterial(ireland, id, first);
    const next = randomBytes(32);
    const { KeyMaterialId } = await importMaterial(kms, id, next, { ImportType: "NEW_KEY_MATERIAL" });
    await importMaterial(ireland, id, next);
    const command = new DeleteImportedKeyMaterialCommand({ KeyId: id, KeyMaterialId: KeyMaterialId! });
    await ireland.send(command);
    assert.equal((await listRotations(kms, id, all)).length, 2);
    await importMaterial(ireland, id, next);
    await kms.send(command);
    assert.equal((await listRotations(ireland, id, all)).length, 1);
    assert.equal((await describeKey(ireland, id)).KeyState, "Enabled");
  });

  test(`Replicas made while the primary is rotated have all of its material (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const other = opened.another();
    const { id } = await createKey(kms, multiRegion);
    const regions = ["eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1"];
    const results = await Promise.allSettled([
      ...[...regions, ...regions].map((region, index) => replicate(index % 2 === 0 ? kms : other.kms, id, region)),
      ...Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? kms : other.kms).send(new RotateKeyOnDemandCommand({ KeyId: id })),
      ),
    ]);
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason.name] : []));
    assert.deepEqual(refusals, Array(4).fill("AlreadyExistsException"));
    const rotations = await listRotations(kms, id, all);
    assert.equal(rotations.length, 11);
    for (const region of regions) {
      assert.deepEqual(await listRotations(opened.kmsIn(region), id, all), rotations);
      assert.deepEqual(await decrypt(opened.kmsIn(region), await encrypt(other.kms, id)), Plaintext);
    }
  });
}

test("ReplicateKey refuses keys of one region, other partitions and the primary's own region", async () => {
  await using opened = await openKms(databases()[0]!);
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

test("UpdatePrimaryRegion refuses a region without an enabled replica", async () => {
  await using opened = await openKms(databases()[0]!);
  const { kms } = opened;
  const { id, arn } = await createKey(kms, multiRegion);
  const update = (PrimaryRegion: string) => kms.send(new UpdatePrimaryRegionCommand({ KeyId: id, PrimaryRegion }));
  await assert.rejects(update("eu-west-1"), {
    name: "NotFoundException",
    message: `Key '${arnIn("eu-west-1", id)}' does not exist`,
  });
  await assert.rejects(update("us-east-1"), { name: "UnsupportedOperationException" });
  await replicate(kms, id, "eu-west-1");
  await opened.kmsIn("eu-west-1").send(new DisableKeyCommand({ KeyId: id }));
  await assert.rejects(update("eu-west-1"), {
    name: "DisabledException",
    message: `${arnIn("eu-west-1", id)} is disabled.`,
  });
  await kms.send(new DisableKeyCommand({ KeyId: id }));
  await assert.rejects(update("eu-west-1"), { name: "DisabledException", message: `${arn} is disabled.` });
});
