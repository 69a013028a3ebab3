import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DeleteImportedKeyMaterialCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { createKey, day, decrypt, describeKey, encrypt, listRotations, openKms, Plaintext } from "../kms.fixture.ts";
import { importMaterial } from "../materials/wrapping.fixture.ts";

const multiRegion = { MultiRegion: true } as const;
const all = { IncludeKeyMaterial: "ALL_KEY_MATERIAL" } as const;

async function replicate(kms: KMSClient, KeyId: string, ReplicaRegion: string) {
  return kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion }));
}

function arnIn(region: string, id: string): string {
  return `arn:aws:kms:${region}:${testAccount}:key/${id}`;
}

for (const database of databases()) {
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
    const { $metadata: _, KeyId: __, ...status } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    const rotations = await listRotations(kms, id, all);
    assert.equal(rotations.length, 4);
    assert.equal(rotations[0]?.KeyMaterialId, metadata.CurrentKeyMaterialId);
    for (const region of [kms, ireland, sydney]) {
      for (const [index, CiphertextBlob] of blobs.entries()) {
        const { Plaintext: plaintext, KeyMaterialId } = await region.send(new DecryptCommand({ CiphertextBlob }));
        assert.deepEqual(plaintext, Plaintext);
        assert.equal(KeyMaterialId, rotations[index]?.KeyMaterialId);
      }
      const { $metadata: _, KeyId, ...own } = await region.send(new GetKeyRotationStatusCommand({ KeyId: id }));
      assert.deepEqual(own, status);
      const namedHere = rotations.map((rotation) => ({ ...rotation, KeyId }));
      assert.deepEqual(await listRotations(region, id, all), namedHere);
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
    assert.equal(made.ReplicaKeyMetadata?.KeyState, "Creating");
    assert.equal((await describeKey(ireland, id)).KeyState, "PendingImport");
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
      const { Arn: KeyId } = await describeKey(opened.kmsIn(region), id);
      const namedHere = rotations.map((rotation) => ({ ...rotation, KeyId }));
      assert.deepEqual(await listRotations(opened.kmsIn(region), id, all), namedHere);
      assert.deepEqual(await decrypt(opened.kmsIn(region), await encrypt(other.kms, id)), Plaintext);
    }
  });
}
