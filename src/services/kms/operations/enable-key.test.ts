import assert from "node:assert/strict";
import { test } from "node:test";
import { DescribeKeyCommand, DisableKeyCommand, EnableKeyCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { createKey, openKms } from "../kms.fixture.ts";

for (const database of databases()) {
  test(`EnableKey and DisableKey switch a key, again and again (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { id } = await createKey(opened.kms);
    for (const [command, state] of [
      [new DisableKeyCommand({ KeyId: id }), "Disabled"],
      [new DisableKeyCommand({ KeyId: id }), "Disabled"],
      [new EnableKeyCommand({ KeyId: id }), "Enabled"],
    ] as const) {
      await opened.kms.send(command as DisableKeyCommand);
      const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: id }));
      assert.equal(KeyMetadata?.KeyState, state);
      assert.equal(KeyMetadata?.Enabled, state === "Enabled");
    }
  });
}

test("EnableKey refuses an alias name", async () => {
  await using opened = await openKms();
  await assert.rejects(opened.kms.enableKey({ KeyId: "alias/foo" }), {
    name: "NotFoundException",
    message: "Invalid keyId 'alias/foo'",
  });
});
