import assert from "node:assert/strict";
import { test } from "node:test";
import { DescribeKeyCommand, UpdateKeyDescriptionCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, openKms } from "../kms.fixture.ts";

for (const database of databases()) {
  test(`UpdateKeyDescription changes the description of a key (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id, arn } = await createKey(opened.kms, { Description: "old" });
    await opened.kms.send(new UpdateKeyDescriptionCommand({ KeyId: arn, Description: "new" }));
    const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: id }));
    assert.equal(KeyMetadata?.Description, "new");
  });
}

test("UpdateKeyDescription refuses an alias, and a text that is too long", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id: KeyId } = await opened.create();
  await assert.rejects(kms.updateKeyDescription({ KeyId: "alias/app", Description: "" }), {
    name: "NotFoundException",
  });
  await assert.rejects(kms.updateKeyDescription({ KeyId, Description: "a".repeat(8193) }), {
    name: "ValidationException",
  });
});
