import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  DeleteCustomKeyStoreCommand,
  DescribeCustomKeyStoresCommand,
  DisconnectCustomKeyStoreCommand,
  UpdateCustomKeyStoreCommand,
} from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

const store = { CustomKeyStoreId: "cks-1234567890abcdef0" };

for (const command of [
  new ConnectCustomKeyStoreCommand(store),
  new CreateCustomKeyStoreCommand({ CustomKeyStoreName: "own" }),
  new DeleteCustomKeyStoreCommand(store),
  new DescribeCustomKeyStoresCommand({}),
  new DisconnectCustomKeyStoreCommand(store),
  new UpdateCustomKeyStoreCommand(store),
]) {
  const name = command.constructor.name.replace("Command", "");
  test(`${name} tells that there are no custom key stores, to who may ask`, async () => {
    await using opened = await openKms();
    await assert.rejects(opened.kms.send(command as DescribeCustomKeyStoresCommand), {
      name: "UnsupportedOperationException",
      message: "Custom key stores are not supported by Sealift",
    });
    assert.equal(opened.asked.at(-1)?.action, `kms:${name}`);
  });
}
