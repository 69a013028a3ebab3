import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateAliasCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { describeKey, openKms, Plaintext } from "../kms.fixture.ts";

const own = `arn:aws:kms:us-east-1:${testAccount}`;
for (const database of databases()) {
  test(`CreateAlias names a key, which is then used by it (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, asked } = opened;
    const { id, arn } = await opened.create();
    await kms.createAlias({ AliasName: "alias/app", TargetKeyId: arn });
    assert.deepEqual(
      asked.slice(-2).map(({ action, resource }) => [action, resource]),
      [
        ["kms:CreateAlias", `${own}:alias/app`],
        ["kms:CreateAlias", arn],
      ],
    );
    for (const KeyId of ["alias/app", `${own}:alias/app`]) {
      assert.equal((await kms.encrypt({ KeyId, Plaintext })).KeyId, arn);
    }
    assert.deepEqual(asked.at(-1)?.conditions?.["kms:ResourceAliases"], ["alias/app"]);
    assert.equal((await describeKey(kms, "alias/app")).KeyId, id);
  });

  test(`CreateAlias gives a name to one of the requests at the same time (${database.name})`, async () => {
    await using opened = await openKms(database);
    const key = (await opened.create()).id;
    const create = () => opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: key }));
    const results = await Promise.allSettled(Array.from({ length: 5 }, create));
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
    assert.equal(refused.length, 4);
    for (const { name, message } of refused) {
      assert.equal(name, "AlreadyExistsException");
      assert.equal(message, `An alias with the name ${own}:alias/app already exists`);
    }
  });
}

test("CreateAlias refuses an alias as its target", async () => {
  await using opened = await openKms();
  const TargetKeyId = (await opened.create()).id;
  await opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId }));
  for (const target of ["alias/app", `${own}:alias/app`]) {
    await assert.rejects(opened.kms.send(new CreateAliasCommand({ AliasName: "alias/b", TargetKeyId: target })), {
      name: "ValidationException",
      message: "Aliases must refer to keys. Not aliases",
    });
  }
});
