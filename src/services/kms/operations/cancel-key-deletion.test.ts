import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CancelKeyDeletionCommand,
  type CreateKeyCommandInput,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  GetParametersForImportCommand,
  type KMSClient,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, describeKey, openKms } from "../kms.fixture.ts";
import { importMaterial } from "../materials/wrapping.fixture.ts";

const external: CreateKeyCommandInput = { Origin: "EXTERNAL" };
const multiRegion = { MultiRegion: true } as const;

async function replicate(kms: KMSClient, KeyId: string, ReplicaRegion: string) {
  return kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion }));
}

for (const database of databases()) {
  test(`CancelKeyDeletion leaves the key disabled (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn } = await createKey(kms);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
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

  test(`A key that expects material can be scheduled for deletion and goes back to that (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id, arn } = await createKey(kms, external);
    const cancel = new CancelKeyDeletionCommand({ KeyId: id });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    const refused = { name: "KMSInvalidStateException", message: `${arn} is pending deletion.` };
    const parameters = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" } as const;
    await assert.rejects(kms.send(new GetParametersForImportCommand({ KeyId: id, ...parameters })), refused);
    await kms.send(cancel);
    assert.equal((await describeKey(kms, id)).KeyState, "PendingImport");
    await importMaterial(kms, id, randomBytes(32));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    await kms.send(cancel);
    assert.equal((await describeKey(kms, id)).KeyState, "Disabled");
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    assert.equal((await describeKey(kms, id)).KeyState, "PendingDeletion");
    await kms.send(cancel);
    assert.equal((await describeKey(kms, id)).KeyState, "PendingImport");
  });
}
