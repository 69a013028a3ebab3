import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateAliasCommand, DescribeKeyCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { createKey, openKms } from "../kms.fixture.ts";

const unknownId = "00000000-0000-4000-8000-000000000000";
const own = `arn:aws:kms:us-east-1:${testAccount}`;
for (const database of databases()) {
  test(`DescribeKey finds a key by id, ARN, alias name and alias ARN (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await createKey(opened.kms);
    await opened.kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: id }));
    for (const KeyId of [id, arn, "alias/app", arn.replace(`key/${id}`, "alias/app")]) {
      const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId }));
      assert.equal(KeyMetadata?.Arn, arn, KeyId);
    }
  });
}

const refusals: [string, string, string][] = [
  ["an id that no key has", unknownId, `Key '${own}:key/${unknownId}' does not exist`],
  ["a text that is no id", "foo", "Invalid keyId 'foo'"],
  ["an alias that is not there", "alias/foo", `Alias ${own}:alias/foo is not found.`],
  ["a key of another region", `arn:aws:kms:eu-west-1:${testAccount}:key/${unknownId}`, "Invalid arn eu-west-1"],
];

for (const [what, KeyId, message] of refusals) {
  test(`DescribeKey refuses ${what}`, async () => {
    await using opened = await openKms();
    await assert.rejects(opened.kms.describeKey({ KeyId }), { name: "NotFoundException", message });
  });
}
