import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CreateAliasCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openKms, Plaintext } from "../kms.fixture.ts";

const own = `arn:aws:kms:us-east-1:${testAccount}`;
for (const database of databases()) {
  test(`CreateAlias, UpdateAlias and DeleteAlias move a name between keys (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const [first, second] = [(await opened.create()).id, (await opened.create()).id];
    await kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: first }));
    const CreationDate = clock.now();
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: "alias/app", Plaintext }));
    clock.advance(60_000);
    await kms.send(new UpdateAliasCommand({ AliasName: "alias/app", TargetKeyId: `${own}:key/${second}` }));
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: second }));
    assert.deepEqual(Aliases, [
      {
        AliasName: "alias/app",
        AliasArn: `${own}:alias/app`,
        TargetKeyId: second,
        CreationDate,
        LastUpdatedDate: clock.now(),
      },
    ]);
    assert.deepEqual((await kms.send(new ListAliasesCommand({ KeyId: first }))).Aliases, []);
    const decrypted = await kms.send(new DecryptCommand({ CiphertextBlob }));
    assert.deepEqual(decrypted.Plaintext, Plaintext);
    await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob, KeyId: "alias/app" })), {
      name: "IncorrectKeyException",
    });
    await kms.send(new DeleteAliasCommand({ AliasName: "alias/app" }));
    const gone = { name: "NotFoundException", message: `Alias ${own}:alias/app is not found.` };
    await assert.rejects(kms.send(new DeleteAliasCommand({ AliasName: "alias/app" })), gone);
    await assert.rejects(kms.send(new UpdateAliasCommand({ AliasName: "alias/app", TargetKeyId: first })), gone);
    await assert.rejects(kms.send(new EncryptCommand({ KeyId: "alias/app", Plaintext })), gone);
  });
}

test("UpdateAlias does not move a name to a key that will be deleted", async () => {
  await using opened = await openKms();
  const [first, second] = [(await opened.create()).id, (await opened.create()).id];
  await opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: first }));
  await opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId: second }));
  await assert.rejects(opened.kms.send(new UpdateAliasCommand({ AliasName: "alias/app", TargetKeyId: second })), {
    name: "KMSInvalidStateException",
    message: `${own}:key/${second} is pending deletion.`,
  });
  const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: "alias/app" }));
  assert.equal(KeyMetadata?.KeyId, first);
});
