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
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListKeyRotationsCommand,
  paginateListKeyRotations,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, describeKey, listRotations, openKms } from "../kms.fixture.ts";

const Plaintext = new Uint8Array(Buffer.from("a secret"));

async function encrypt(kms: KMSClient, KeyId: string): Promise<Uint8Array> {
  return (await kms.send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob!;
}

async function status(kms: KMSClient, KeyId: string) {
  const { $metadata: _, ...answer } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
  return answer;
}

for (const database of databases()) {
  test(`EnableKeyRotation sets the period, which GetKeyRotationStatus shows until DisableKeyRotation (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn } = await createKey(kms);
    const start = clock.now().getTime();
    assert.deepEqual(await status(kms, arn), { KeyId: id, KeyRotationEnabled: false });
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    const yearly = { KeyId: id, KeyRotationEnabled: true, RotationPeriodInDays: 365 };
    assert.deepEqual(await status(kms, id), { ...yearly, NextRotationDate: new Date(start + 365 * day) });
    clock.advance(day);
    // The same again changes nothing.
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    assert.deepEqual(await status(kms, id), { ...yearly, NextRotationDate: new Date(start + 365 * day) });
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    assert.deepEqual(await status(kms, id), {
      ...{ KeyId: id, KeyRotationEnabled: true, RotationPeriodInDays: 90 },
      NextRotationDate: new Date(start + 91 * day),
    });
    await kms.send(new DisableKeyRotationCommand({ KeyId: id }));
    assert.deepEqual(await status(kms, id), { KeyId: id, KeyRotationEnabled: false });
    clock.advance(1000 * day);
    await encrypt(kms, id);
    assert.deepEqual(await listRotations(kms, id), []);
  });

  test(`A key is rotated when that is due, and ciphertexts of every material decrypt (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store } = opened;
    const { id, metadata } = await createKey(kms);
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
      { KeyId: id, KeyMaterialId: materialIds[1], KeyMaterialState: "NON_CURRENT", ...automatic(firstRotation) },
      { KeyId: id, KeyMaterialId: materialIds[2], KeyMaterialState: "CURRENT", ...automatic(clock.now()) },
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
    const { id } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    clock.advance(80 * day);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id }));
    clock.advance(15 * day);
    await store.purge();
    assert.deepEqual(await status(kms, id), { KeyId: id, KeyRotationEnabled: false });
    assert.deepEqual(await listRotations(kms, id), []);
    await kms.send(new CancelKeyDeletionCommand({ KeyId: id }));
    assert.equal((await status(kms, id)).RotationPeriodInDays, 90);
  });

  test(`RotateKeyOnDemand changes the material and not the schedule (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn, metadata } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
    const before = await status(kms, id);
    const blob = await encrypt(kms, id);
    clock.advance(day);
    assert.equal((await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }))).KeyId, arn);
    assert.deepEqual(await status(kms, id), before);
    const { CurrentKeyMaterialId: current } = await describeKey(kms, id);
    assert.notEqual(current, metadata.CurrentKeyMaterialId);
    const rotation = { RotationDate: clock.now(), RotationType: "ON_DEMAND" };
    const entries = [
      { KeyId: id, KeyMaterialId: metadata.CurrentKeyMaterialId, KeyMaterialState: "NON_CURRENT" },
      { KeyId: id, KeyMaterialId: current, KeyMaterialState: "CURRENT", ...rotation },
    ];
    assert.deepEqual(await listRotations(kms, id, { IncludeKeyMaterial: "ALL_KEY_MATERIAL" }), entries);
    assert.deepEqual(await listRotations(kms, id), entries.slice(1));
    assert.equal(
      (await kms.send(new GenerateDataKeyCommand({ KeyId: id, KeySpec: "AES_256" }))).KeyMaterialId,
      current,
    );
    const moved = await kms.send(new ReEncryptCommand({ CiphertextBlob: blob, DestinationKeyId: id }));
    assert.equal(moved.SourceKeyMaterialId, metadata.CurrentKeyMaterialId);
    assert.equal(moved.DestinationKeyMaterialId, current);
    const decrypted = await kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }));
    assert.equal(decrypted.KeyMaterialId, current);
  });

  test(`RotateKeyOnDemand stops at its limit, also when all come at once (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const { id, arn } = await createKey(kms);
    const other = opened.another();
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? kms : other.kms).send(new RotateKeyOnDemandCommand({ KeyId: id })),
      ),
    );
    assert.equal(all.filter(({ status }) => status === "fulfilled").length, 25);
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), {
      name: "LimitExceededException",
      message:
        "The on-demand rotations limit has been reached for the given keyId. " +
        `No more on-demand rotations can be performed for this key: ${arn}`,
    });
    const rotations = await listRotations(kms, id);
    assert.equal(rotations.length, 25);
    assert.deepEqual(
      rotations.map(({ KeyMaterialState }) => KeyMaterialState),
      [...Array(24).fill("NON_CURRENT"), "CURRENT"],
    );
    assert.equal((await describeKey(kms, id)).CurrentKeyMaterialId, rotations.at(-1)?.KeyMaterialId);
    await kms.send(new DecryptCommand({ CiphertextBlob: await encrypt(other.kms, id) }));
    const pages: number[] = [];
    const pager = { client: kms, pageSize: 10 };
    for await (const page of paginateListKeyRotations(pager, { KeyId: id, IncludeKeyMaterial: "ALL_KEY_MATERIAL" })) {
      pages.push(page.Rotations!.length);
    }
    assert.deepEqual(pages, [10, 10, 6]);
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
    const id = KeyMetadata!.KeyId!;
    assert.deepEqual(await status(kms, id), {
      ...{ KeyId: id, KeyRotationEnabled: true, RotationPeriodInDays: 365 },
      NextRotationDate: new Date(clock.now().getTime() + 365 * day),
    });
    clock.advance(365 * day);
    const { CurrentKeyMaterialId: current } = await describeKey(kms, "alias/aws/ssm");
    assert.notEqual(current, KeyMetadata!.CurrentKeyMaterialId);
    assert.deepEqual(await listRotations(kms, id), [
      { KeyId: id, KeyMaterialId: current, KeyMaterialState: "CURRENT", ...automatic(clock.now()) },
    ]);
    const denied = { name: "AccessDeniedException" };
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), denied);
    await assert.rejects(kms.send(new DisableKeyRotationCommand({ KeyId: id })), denied);
  });
}

function automatic(RotationDate: Date) {
  return { RotationDate, RotationType: "AUTOMATIC" };
}

test("RotateKeyOnDemand refuses to come just before an automatic rotation", async () => {
  await using opened = await openKms(databases()[0]!);
  const { kms, clock } = opened;
  const { id } = await createKey(kms);
  await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
  clock.advance(90 * day - 20 * 60 * 1000);
  await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: id })), {
    name: "ConflictException",
    message: /scheduled to begin within the next 20 minutes\.$/,
  });
  await kms.send(new DisableKeyRotationCommand({ KeyId: id }));
  await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
});

for (const days of [89, 2561, -1, 0]) {
  test(`EnableKeyRotation refuses a period of ${days} days`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { id } = await createKey(opened.kms);
    const command = new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: days });
    await assert.rejects(opened.kms.send(command), { name: "ValidationException", message: /rotationPeriodInDays/ });
  });
}

const rotating: [string, (KeyId: string) => object][] = [
  ["EnableKeyRotation", (KeyId) => new EnableKeyRotationCommand({ KeyId })],
  ["DisableKeyRotation", (KeyId) => new DisableKeyRotationCommand({ KeyId })],
  ["GetKeyRotationStatus", (KeyId) => new GetKeyRotationStatusCommand({ KeyId })],
  ["RotateKeyOnDemand", (KeyId) => new RotateKeyOnDemandCommand({ KeyId })],
  ["ListKeyRotations", (KeyId) => new ListKeyRotationsCommand({ KeyId })],
];
for (const [name, command] of rotating) {
  test(`${name} refuses keys that are not for symmetric encryption`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { kms } = opened;
    const hmac = await createKey(kms, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    const pair = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    for (const { id } of [hmac, pair]) {
      await assert.rejects(kms.send(command(id) as RotateKeyOnDemandCommand), {
        name: "UnsupportedOperationException",
      });
    }
  });
}

for (const [name, command] of rotating.slice(0, 3)) {
  test(`${name} refuses keys whose material is imported`, async () => {
    await using opened = await openKms(databases()[0]!);
    const { id, arn } = await createKey(opened.kms, { Origin: "EXTERNAL" });
    await assert.rejects(opened.kms.send(command(id) as EnableKeyRotationCommand), {
      name: "UnsupportedOperationException",
      message: `${arn} origin is EXTERNAL which is not valid for this operation.`,
    });
  });
}

test("ListKeyRotations refuses a marker that is not its own", async () => {
  await using opened = await openKms(databases()[0]!);
  const { id } = await createKey(opened.kms);
  for (const Marker of ["x", Buffer.from(JSON.stringify("alias/a")).toString("base64url")]) {
    const command = new ListKeyRotationsCommand({ KeyId: id, Marker });
    await assert.rejects(opened.kms.send(command), { name: "InvalidMarkerException" });
  }
});
