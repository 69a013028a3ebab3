import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { keyring } from "../../keyring/keyring.ts";
import { checkRootKey } from "./root-key-check.ts";

for (const kind of databases()) {
  test(`checkRootKey takes the first root key and refuses any other (${kind.name})`, async () => {
    await using database = await kind.open();
    const first = keyring(Buffer.alloc(32, 1));
    await checkRootKey(database, first);
    await checkRootKey(database, first);
    await assert.rejects(checkRootKey(database, keyring(Buffer.alloc(32, 2))), {
      name: "ConfigError",
      message: "Cannot open the database with this root key: its secrets are sealed under another one",
    });
  });
}
