import { join } from "node:path";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { schemaText } from "./schema-text.fixture.ts";

for (const { name, open } of databases()) {
  // A migration that was meant: `node scripts/test.ts --test-update-snapshots src/storage/schema/schema.test.ts`
  test(`the migrations make the schema of ${name}.snapshot.txt`, async ({ assert }) => {
    await using database = await open();
    const snapshot = join(import.meta.dirname, `${name}.snapshot.txt`);
    assert.fileSnapshot(await schemaText(database), snapshot, { serializers: [String] });
  });
}
