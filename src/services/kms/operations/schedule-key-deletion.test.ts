import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  ScheduleKeyDeletionCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, day, openKms } from "../kms.fixture.ts";

for (const database of databases()) {
  test(`ScheduleKeyDeletion ends the use of a key and its changes (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const { id, arn } = await createKey(kms);
    const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: 7 }));
    const DeletionDate = new Date(clock.now().getTime() + 7 * day);
    const { $metadata: _, ...answer } = scheduled;
    assert.deepEqual(answer, { KeyId: arn, DeletionDate, KeyState: "PendingDeletion", PendingWindowInDays: 7 });
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    assert.deepEqual(KeyMetadata?.DeletionDate, DeletionDate);

    const refused = { name: "KMSInvalidStateException", message: `${arn} is pending deletion.` };
    await assert.rejects(kms.send(new EnableKeyCommand({ KeyId: id })), refused);
    await assert.rejects(kms.send(new DisableKeyCommand({ KeyId: id })), refused);
    await assert.rejects(kms.send(new ScheduleKeyDeletionCommand({ KeyId: id })), refused);
    await assert.rejects(kms.send(new EncryptCommand({ KeyId: id, Plaintext: Buffer.of(1) })), refused);
    await assert.rejects(kms.send(new CreateAliasCommand({ AliasName: "alias/a", TargetKeyId: id })), refused);
    await assert.rejects(kms.send(new UpdateKeyDescriptionCommand({ KeyId: id, Description: "" })), refused);
    await assert.rejects(kms.send(new UntagResourceCommand({ KeyId: id, TagKeys: ["a"] })), refused);
  });
}

test("ScheduleKeyDeletion refuses a window that AWS does not have", async () => {
  await using opened = await openKms();
  const { id } = await createKey(opened.kms);
  for (const days of [6, 31]) {
    await assert.rejects(opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: days })), {
      name: "ValidationException",
      message: `PendingWindowInDays should be between 7 and 30, but it is ${days}`,
    });
  }
});
