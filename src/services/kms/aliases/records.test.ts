import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  ListAliasesCommand,
  paginateListAliases,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { databases, type TestDatabase } from "../../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { kmsService, kmsStore } from "../index.ts";
import { untold } from "../kms.fixture.ts";

const own = `arn:aws:kms:us-east-1:${testAccount}`;

async function openKms(testDatabase: TestDatabase = databases()[0]!) {
  const database = await testDatabase.open();
  const clock = fakeClock();
  const store = kmsStore(database, keyring(randomBytes(32)), clock, randomIds, untold);
  const kms = new KMSClient(inProcess([kmsService({ store, authorize: async () => undefined })], { clock }));
  const create = async () => (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.KeyId!;
  return { kms, clock, create, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

for (const database of databases()) {
  test(`CreateAlias, UpdateAlias and DeleteAlias move a name between keys (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms, clock } = opened;
    const [first, second] = [await opened.create(), await opened.create()];
    const Plaintext = Buffer.from("a secret");
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
    assert.deepEqual(Buffer.from(decrypted.Plaintext!), Plaintext);
    await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob, KeyId: "alias/app" })), {
      name: "IncorrectKeyException",
    });
    await kms.send(new DeleteAliasCommand({ AliasName: "alias/app" }));
    const gone = { name: "NotFoundException", message: `Alias ${own}:alias/app is not found.` };
    await assert.rejects(kms.send(new DeleteAliasCommand({ AliasName: "alias/app" })), gone);
    await assert.rejects(kms.send(new UpdateAliasCommand({ AliasName: "alias/app", TargetKeyId: first })), gone);
    await assert.rejects(kms.send(new EncryptCommand({ KeyId: "alias/app", Plaintext })), gone);
  });

  test(`CreateAlias gives a name to one of the requests at the same time (${database.name})`, async () => {
    await using opened = await openKms(database);
    const key = await opened.create();
    const create = () => opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: key }));
    const results = await Promise.allSettled(Array.from({ length: 5 }, create));
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
    assert.equal(refused.length, 4);
    for (const { name, message } of refused) {
      assert.equal(name, "AlreadyExistsException");
      assert.equal(message, `An alias with the name ${own}:alias/app already exists`);
    }
  });

  test(`ListAliases pages through names, with AWS's own ones in their place (${database.name})`, async () => {
    await using opened = await openKms(database);
    const key = await opened.create();
    for (const name of ["zz", "a", "aws-like", "b"]) {
      await opened.kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: key }));
    }
    await opened.kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/ssm" }));
    const pages: [string, boolean][][] = [];
    for await (const page of paginateListAliases({ client: opened.kms, pageSize: 2 }, {})) {
      pages.push(page.Aliases!.map((alias) => [alias.AliasName!, alias.TargetKeyId !== undefined]));
    }
    assert.deepEqual(pages, [
      [
        ["alias/a", true],
        ["alias/aws-like", true],
      ],
      [
        ["alias/aws/secretsmanager", false],
        ["alias/aws/ssm", true],
      ],
      [
        ["alias/b", true],
        ["alias/zz", true],
      ],
    ]);
  });
}

test("UpdateAlias leaves a name where it is rather than give it to a key that is about to be deleted", async () => {
  await using opened = await openKms();
  const [first, second] = [await opened.create(), await opened.create()];
  await opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: first }));
  await opened.kms.send(new ScheduleKeyDeletionCommand({ KeyId: second }));
  await assert.rejects(opened.kms.send(new UpdateAliasCommand({ AliasName: "alias/app", TargetKeyId: second })), {
    name: "KMSInvalidStateException",
    message: `${own}:key/${second} is pending deletion.`,
  });
  const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: "alias/app" }));
  assert.equal(KeyMetadata?.KeyId, first);
});

const prefix =
  'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html';
const refusals: [string, string, string][] = [
  ["app", "ValidationException", prefix],
  ["alias/", "ValidationException", prefix],
  ["alias/a:b", "ValidationException", "alias/a:b contains invalid characters for an alias"],
  ["alias/aws/ssm", "NotAuthorizedException", ""],
  ["alias/aws/mine", "NotAuthorizedException", ""],
];
for (const [AliasName, name, message] of refusals) {
  test(`CreateAlias and UpdateAlias refuse the name ${AliasName}`, async () => {
    await using opened = await openKms();
    const TargetKeyId = await opened.create();
    for (const Command of [CreateAliasCommand, UpdateAliasCommand]) {
      await assert.rejects(opened.kms.send(new Command({ AliasName, TargetKeyId })), (error: Error) => {
        assert.equal(error.name, name);
        // The SDK puts its own text where there is none.
        if (message !== "") assert.equal(error.message, message);
        return true;
      });
    }
  });
}

test("CreateAlias refuses an alias as its target", async () => {
  await using opened = await openKms();
  const TargetKeyId = await opened.create();
  await opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId }));
  for (const target of ["alias/app", `${own}:alias/app`]) {
    await assert.rejects(opened.kms.send(new CreateAliasCommand({ AliasName: "alias/b", TargetKeyId: target })), {
      name: "ValidationException",
      message: "Aliases must refer to keys. Not aliases",
    });
  }
});
