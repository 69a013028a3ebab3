import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  DescribeKeyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { createKey, day, describeKey, encrypt, openKms } from "../kms.fixture.ts";

const multiRegion = { MultiRegion: true } as const;

async function replicate(kms: KMSClient, KeyId: string, ReplicaRegion: string) {
  return kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion }));
}

function arnIn(region: string, id: string): string {
  return `arn:aws:kms:${region}:${testAccount}:key/${id}`;
}

for (const database of databases()) {
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
    const { Aliases } = await kms.send(new ListAliasesCommand({}));
    assert.deepEqual(
      Aliases?.filter(({ AliasName }) => !AliasName?.startsWith("alias/aws/")),
      [],
    );

    await kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: kept.id }));
    const materials = await stored.db.selectFrom("kms_key_materials").select("key_id").execute();
    assert.deepEqual(
      materials.map((row) => row.key_id),
      [kept.id],
    );
    assert.equal(await store.deletions.removeDue(), 0);
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
}
