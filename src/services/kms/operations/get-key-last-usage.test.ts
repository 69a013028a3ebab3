import assert from "node:assert/strict";
import { test } from "node:test";
import { DecryptCommand, EncryptCommand, GetKeyLastUsageCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";

for (const database of databases()) {
  const { name } = database;

  test(`GetKeyLastUsage shows a key's last operation, in other processes once it is written (${name})`, async () => {
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
}

test("GetKeyLastUsage refuses an alias, and a key that is not there", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id: TargetKeyId, arn } = await opened.create();
  await kms.createAlias({ AliasName: "alias/app", TargetKeyId });
  await assert.rejects(kms.getKeyLastUsage({ KeyId: "alias/app" }), { name: "NotFoundException" });
  const KeyId = arn.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  await assert.rejects(kms.getKeyLastUsage({ KeyId }), {
    name: "NotFoundException",
    message: `Key '${KeyId}' does not exist`,
  });
});
