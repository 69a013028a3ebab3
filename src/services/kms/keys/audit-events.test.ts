import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  DeleteImportedKeyMaterialCommand,
  EnableKeyRotationCommand,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import type { EventDocument } from "../../../audit/index.ts";
import { createKey, day, describeKey, openKms } from "../kms.fixture.ts";
import { importMaterial } from "../materials/wrapping.fixture.ts";

/** The members of KMS's own events, apart from their ids. */
function eventOf(eventName: string, ARN: string, time: Date, said: object) {
  return {
    eventVersion: "1.11",
    userIdentity: { accountId: testAccount, invokedBy: "AWS Internal" },
    eventTime: `${time.toISOString().slice(0, 19)}Z`,
    eventSource: "kms.amazonaws.com",
    eventName,
    awsRegion: ARN.split(":")[3],
    sourceIPAddress: "AWS Internal",
    userAgent: "AWS Internal",
    requestParameters: null,
    responseElements: null,
    readOnly: false,
    resources: [{ accountId: testAccount, type: "AWS::KMS::Key", ARN }],
    eventType: "AwsServiceEvent",
    managementEvent: true,
    recipientAccountId: testAccount,
    eventCategory: "Management",
    ...said,
  };
}

const withoutId = ({ eventID: _, ...rest }: EventDocument) => rest;
const names = (events: readonly EventDocument[]) => events.map(({ eventName }) => eventName);

for (const database of databases()) {
  test(`RotateKey events name the materials and the reason (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, store, eventsIn } = opened;
    const { id, arn, metadata } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    assert.deepEqual(await eventsIn(), []);
    const ids = [metadata.CurrentKeyMaterialId];
    const expected: object[] = [];
    async function rotatedBy(rotationType: string, rotate: () => Promise<unknown>) {
      await rotate();
      ids.push((await describeKey(kms, id)).CurrentKeyMaterialId);
      const [previousKeyMaterialId, currentKeyMaterialId] = ids.slice(-2);
      const materials = { previousKeyMaterialId, currentKeyMaterialId };
      const serviceEventDetails = { rotationType, keyOrigin: "AWS_KMS", ...materials, keyId: id };
      expected.push(eventOf("RotateKey", arn, clock.now(), { serviceEventDetails }));
    }
    clock.advance(day);
    await rotatedBy("ON_DEMAND", () => kms.send(new RotateKeyOnDemandCommand({ KeyId: id })));
    clock.advance(89 * day);
    await rotatedBy("AUTOMATIC", () => store.purge());
    assert.deepEqual((await eventsIn()).map(withoutId), expected);
  });

  test(`A rotation leaves one RotateKey event, whoever asks, and a refused one none (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, eventsIn } = opened;
    const { id } = await createKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: 90 }));
    clock.advance(90 * day - 1000);
    // Too near to the automatic one.
    const refused = kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    await assert.rejects(refused, { name: "ConflictException" });
    clock.advance(1000);
    const servers = [opened, opened.another(), opened.another()];
    await Promise.all(servers.flatMap((server) => [server.store.purge(), describeKey(server.kms, id)]));
    for (const { events } of servers) await events.settle();
    assert.deepEqual(names(await eventsIn()), ["RotateKey"]);
  });

  test(`A multi-Region key's rotation is an event in each of its Regions (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, kmsIn, clock, eventsIn } = opened;
    const { id, arn, metadata } = await createKey(kms, { MultiRegion: true });
    await kms.send(new ReplicateKeyCommand({ KeyId: id, ReplicaRegion: "eu-west-1" }));
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    const { CurrentKeyMaterialId: currentKeyMaterialId, Arn } = await describeKey(kmsIn("eu-west-1"), id);
    const materials = { previousKeyMaterialId: metadata.CurrentKeyMaterialId, currentKeyMaterialId };
    const details = { rotationType: "ON_DEMAND", keyOrigin: "AWS_KMS", ...materials, keyId: id };
    for (const [region, its] of [
      [testRegion, arn],
      ["eu-west-1", Arn!],
    ] as const) {
      const expected = eventOf("RotateKey", its, clock.now(), { serviceEventDetails: details });
      assert.deepEqual((await eventsIn(region)).map(withoutId), [expected]);
    }
  });

  test(`A deleted key leaves one DeleteKey event, a replica before its primary (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, kmsIn, clock, eventsIn } = opened;
    const { id, arn } = await createKey(kms, { MultiRegion: true });
    await kms.send(new ReplicateKeyCommand({ KeyId: id, ReplicaRegion: "eu-west-1" }));
    for (const each of [kms, kmsIn("eu-west-1")]) {
      await each.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    }
    const servers = [opened, opened.another(), opened.another()];
    async function purge() {
      await Promise.all(servers.map(({ store }) => store.purge()));
      for (const { events } of servers) await events.settle();
    }
    clock.advance(7 * day - 1);
    await purge();
    assert.deepEqual(await eventsIn("eu-west-1"), []);
    clock.advance(1);
    await purge();
    const replica = arn.replace(testRegion, "eu-west-1");
    assert.deepEqual((await eventsIn("eu-west-1")).map(withoutId), [
      eventOf("DeleteKey", replica, clock.now(), { responseElements: { keyId: replica } }),
    ]);
    assert.deepEqual(await eventsIn(), []);
    clock.advance(7 * day);
    await purge();
    assert.deepEqual((await eventsIn()).map(withoutId), [
      eventOf("DeleteKey", arn, clock.now(), { responseElements: { keyId: arn } }),
    ]);
  });

  test(`Expired material leaves one DeleteExpiredKeyMaterial event, deleted material none (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock, eventsIn } = opened;
    const { id, arn } = await createKey(kms, { Origin: "EXTERNAL" });
    const hmac = await createKey(kms, { Origin: "EXTERNAL", KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const validFor = (days: number) => ({ ValidTo: new Date(clock.now().getTime() + days * day) });
    const { KeyMaterialId: keyMaterialId } = await importMaterial(kms, id, first, validFor(1));
    await importMaterial(kms, hmac.id, second, validFor(1));
    clock.advance(day);
    const servers = [opened, opened.another(), opened.another()];
    await Promise.all(servers.map(({ store }) => store.purge()));
    for (const { events } of servers) await events.settle();
    const expired = (its: string, serviceEventDetails: object) =>
      eventOf("DeleteExpiredKeyMaterial", its, clock.now(), { serviceEventDetails });
    const found = (await eventsIn()).map(withoutId);
    assert.equal(found.length, 2);
    const ofKey = (its: string) => found.filter(({ resources }) => resources![0]!.ARN === its);
    assert.deepEqual(ofKey(arn), [expired(arn, { keyId: id, keyMaterialId })]);
    // Only symmetric encryption keys show the id of their material.
    assert.deepEqual(ofKey(hmac.arn), [expired(hmac.arn, { keyId: hmac.id })]);

    // Noticed by the next import.
    await importMaterial(kms, id, first, validFor(1));
    clock.advance(day);
    await importMaterial(kms, id, first, validFor(1));
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: id }));
    clock.advance(2 * day);
    await opened.store.purge();
    assert.equal((await eventsIn()).length, 3);
  });
}
