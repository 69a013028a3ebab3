import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DecryptCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyLastUsageCommand,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testCall } from "../../../../test/support/in-process.ts";
import { openKms } from "../kms.fixture.ts";
import { encryptionThrough } from "../on-behalf/encryption-through.ts";

const day = 24 * 60 * 60 * 1000;
const Plaintext = Buffer.from("a");

for (const database of databases()) {
  const { name } = database;

  test(`GetKeyLastUsage tells a key's last operation, also in another process once it is written (${name})`, async () => {
    await using opened = await openKms(database);
    const { id: KeyId, metadata } = await opened.create();
    const ask = async (kms = opened.kms) => {
      const { $metadata: _, ...members } = await kms.send(new GetKeyLastUsageCommand({ KeyId }));
      return members;
    };
    const always = { KeyId, TrackingStartDate: metadata.CreationDate, KeyCreationDate: metadata.CreationDate };
    assert.deepEqual(await ask(), { ...always, KeyLastUsage: {} });
    opened.clock.advance(1000);
    const { $metadata, CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId, Plaintext }));
    const other = opened.another();
    assert.deepEqual((await ask(other.kms)).KeyLastUsage, {});
    await opened.store.purge();
    const { CloudTrailEventId, ...use } = (await ask()).KeyLastUsage!;
    assert.match(CloudTrailEventId!, /^[0-9a-f-]{36}$/);
    assert.deepEqual(use, {
      Operation: "Encrypt",
      Timestamp: opened.clock.now(),
      KmsRequestId: $metadata.requestId,
    });
    const used = { ...use, CloudTrailEventId };
    assert.deepEqual(await ask(other.kms), { ...always, KeyLastUsage: used });
    assert.deepEqual(await ask(), { ...always, KeyLastUsage: used });

    opened.clock.advance(1000);
    await other.kms.send(new DecryptCommand({ CiphertextBlob }));
    assert.equal((await ask(other.kms)).KeyLastUsage?.Operation, "Decrypt");
    assert.equal((await ask()).KeyLastUsage?.Operation, "Decrypt");
  });

  test(`An earlier use that is written late does not hide a later one (${name})`, async () => {
    await using opened = await openKms(database);
    const { id: KeyId } = await opened.create();
    await opened.kms.send(new EncryptCommand({ KeyId, Plaintext }));
    opened.clock.advance(1000);
    const other = opened.another();
    await other.kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }));
    await other.store.usages.write();
    const { KeyLastUsage } = await opened.kms.send(new GetKeyLastUsageCommand({ KeyId }));
    assert.equal(KeyLastUsage?.Operation, "GenerateDataKey");
  });

  test(`ReEncrypt counts for both keys, a refused or dry use for none, a service's for its key (${name})`, async () => {
    await using opened = await openKms(database);
    const [from, to] = [await opened.create(), await opened.create()];
    const lastOf = async (KeyId: string) =>
      (await opened.kms.send(new GetKeyLastUsageCommand({ KeyId }))).KeyLastUsage?.Operation;
    const { CiphertextBlob } = await opened.kms.send(new EncryptCommand({ KeyId: from.id, Plaintext }));
    await assert.rejects(opened.kms.send(new EncryptCommand({ KeyId: to.id, Plaintext, DryRun: true })));
    await assert.rejects(
      opened.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { not: "that" }, KeyId: from.id })),
    );
    assert.deepEqual([await lastOf(from.id), await lastOf(to.id)], ["Encrypt", undefined]);
    await opened.kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: to.id }));
    assert.deepEqual([await lastOf(from.id), await lastOf(to.id)], ["ReEncrypt", "ReEncrypt"]);

    const encryption = encryptionThrough({ store: opened.store }, async () => undefined);
    const encryptionContext = { SecretARN: "arn" };
    const request = { service: "secretsmanager", keyId: to.id, plaintext: Plaintext, encryptionContext } as const;
    const { ciphertext } = await encryption.encrypt(testCall(opened.clock), request);
    assert.equal(await lastOf(to.id), "GenerateDataKey");
    await encryption.decrypt(testCall(opened.clock), { service: "secretsmanager", ciphertext, encryptionContext });
    assert.equal(await lastOf(to.id), "Decrypt");
  });

  test(`A deleted key's use is forgotten, and writing one of it afterwards writes nothing (${name})`, async () => {
    await using opened = await openKms(database);
    const { id: KeyId } = await opened.create();
    await opened.kms.send(new EncryptCommand({ KeyId, Plaintext }));
    await opened.store.usages.write();
    await opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    const key = (await opened.store.keys.find("us-east-1", KeyId))!;
    opened.clock.advance(8 * day);
    await opened.store.purge();
    opened.store.usages.note(key, "Encrypt", { requestId: "late", eventId: "late event" });
    await opened.store.usages.write();
    assert.deepEqual(await opened.database.db.selectFrom("kms_key_usages").selectAll().execute(), []);
  });
}

test("DisableKey and ScheduleKeyDeletion tell policies the days since the key was last used", async () => {
  await using opened = await openKms();
  const { id: KeyId } = await opened.create();
  const daysAsked = () => opened.asked.at(-1)?.conditions?.["kms:TrailingDaysWithoutKeyUsage"];
  await opened.kms.send(new DisableKeyCommand({ KeyId }));
  assert.equal(daysAsked(), undefined);
  const used = await opened.create();
  await opened.kms.send(new EncryptCommand({ KeyId: used.id, Plaintext }));
  opened.clock.advance(3 * day - 1);
  await opened.kms.send(new DisableKeyCommand({ KeyId: used.id }));
  assert.equal(daysAsked(), "2");
  opened.clock.advance(1);
  await opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId: used.id }));
  assert.equal(daysAsked(), "3");
});
