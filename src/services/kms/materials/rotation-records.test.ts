import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, describeKey, encrypt, listRotations, openKms, Plaintext } from "../kms.fixture.ts";
import { automatic, status } from "./rotation.fixture.ts";

for (const database of databases()) {
  test(`A key is rotated when that is due, and ciphertexts of every material decrypt (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store } = opened;
    const { id, arn, metadata } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 100 }));
    const blobs = [await encrypt(kms, id)];
    const materialIds = [metadata.CurrentKeyMaterialId!];
    clock.advance(100 * day - 1);
    assert.equal((await describeKey(kms, id)).CurrentKeyMaterialId, materialIds[0]);
    clock.advance(1);
    // By its use alone.
    blobs.push(await encrypt(kms, id));
    const firstRotation = clock.now();
    materialIds.push((await describeKey(kms, id)).CurrentKeyMaterialId!);
    clock.advance(100 * day);
    // By the round alone.
    await store.purge();
    assert.equal(await store.rotations.rotateDue(), 0);
    blobs.push(await encrypt(kms, id));
    materialIds.push((await describeKey(kms, id)).CurrentKeyMaterialId!);
    assert.equal(new Set(materialIds).size, 3);
    assert.deepEqual(await listRotations(kms, id), [
      { KeyId: arn, KeyMaterialId: materialIds[1], KeyMaterialState: "NON_CURRENT", ...automatic(firstRotation) },
      { KeyId: arn, KeyMaterialId: materialIds[2], KeyMaterialState: "CURRENT", ...automatic(clock.now()) },
    ]);
    for (const [index, CiphertextBlob] of blobs.entries()) {
      const decrypted = await opened.another().kms.send(new DecryptCommand({ CiphertextBlob }));
      assert.deepEqual(decrypted.Plaintext, Plaintext);
      assert.equal(decrypted.KeyMaterialId, materialIds[index]);
    }
    const next = (await status(kms, id)).NextRotationDate!;
    assert.equal(next.getTime(), clock.now().getTime() + 100 * day);
  });

  test(`A key that was due several times is rotated once, a period before the next time (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store } = opened;
    const { id } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    clock.advance(400 * day);
    assert.equal(await store.rotations.rotateDue(), 1);
    assert.equal((await listRotations(kms, id)).length, 1);
    assert.equal((await status(kms, id)).NextRotationDate?.getTime(), clock.now().getTime() + 90 * day);
  });

  test(`A key due for rotation is rotated once by all servers together (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store } = opened;
    const { id } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    clock.advance(90 * day);
    const others = [opened.another(), opened.another()];
    await Promise.all([
      store.purge(),
      ...others.flatMap((other) => [other.store.purge(), encrypt(other.kms, id), encrypt(other.kms, id)]),
    ]);
    assert.equal((await listRotations(kms, id)).length, 1);
  });

  test(`A disabled key is rotated when it is enabled again (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store } = opened;
    const { id } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    await kms.send(new DisableKeyCommand({ KeyId: id }));
    clock.advance(100 * day);
    await store.purge();
    assert.deepEqual(await listRotations(kms, id), []);
    assert.equal((await status(kms, id)).KeyRotationEnabled, true);
    await kms.send(new EnableKeyCommand({ KeyId: id }));
    assert.equal((await listRotations(kms, id)).length, 1);
  });

  test(`A key that is to be deleted is not rotated, and keeps its schedule (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store } = opened;
    const { id, arn } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    clock.advance(80 * day);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    clock.advance(15 * day);
    await store.purge();
    assert.deepEqual(await status(kms, id), { KeyId: arn, KeyRotationEnabled: false });
    assert.deepEqual(await listRotations(kms, id), []);
    await kms.send(new CancelKeyDeletionCommand({ KeyId: id }));
    assert.equal((await status(kms, id)).RotationPeriodInDays, 90);
  });

  test(`EnableKeyRotation and DisableKeyRotation at once leave one of both (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id } = await createKey(kms);
    const other = opened.another();
    const enable = (RotationPeriodInDays: number) => new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays });
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const { kms: server } = index % 2 === 0 ? opened : other;
        if (index % 3 === 0) return server.send(new DisableKeyRotationCommand({ KeyId: id }));
        return server.send(enable(90 + index));
      }),
    );
    const { KeyRotationEnabled, RotationPeriodInDays, NextRotationDate } = await status(kms, id);
    const expected = KeyRotationEnabled ? opened.clock.now().getTime() + RotationPeriodInDays! * day : undefined;
    assert.equal(NextRotationDate?.getTime(), expected);
  });

  test(`An AWS managed key is rotated every year (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/ssm" }));
    const { KeyId: id, Arn: arn } = KeyMetadata!;
    assert.deepEqual(await status(kms, arn!), {
      ...{ KeyId: arn, KeyRotationEnabled: true, RotationPeriodInDays: 365 },
      NextRotationDate: new Date(clock.now().getTime() + 365 * day),
    });
    clock.advance(365 * day);
    const { CurrentKeyMaterialId: current } = await describeKey(kms, "alias/aws/ssm");
    assert.notEqual(current, KeyMetadata!.CurrentKeyMaterialId);
    assert.deepEqual(await listRotations(kms, arn!), [
      { KeyId: arn, KeyMaterialId: current, KeyMaterialState: "CURRENT", ...automatic(clock.now()) },
    ]);
    const denied = { name: "AccessDeniedException" };
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), denied);
    await assert.rejects(kms.send(new DisableKeyRotationCommand({ KeyId: id })), denied);
  });
}
