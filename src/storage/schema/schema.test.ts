import { join } from "node:path";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { schemaText } from "./schema-text.fixture.ts";

const update = "npm test -- --test-update-snapshots src/storage/schema/schema.test.ts";

for (const { name, open } of databases()) {
  test(`the migrations make the schema of ${name}.snapshot.txt`, async ({ assert }) => {
    await using database = await open();
    const snapshot = join(import.meta.dirname, `${name}.snapshot.txt`);
    const text = await schemaText(database);
    try {
      assert.fileSnapshot(text, snapshot, { serializers: [String] });
    } catch (cause) {
      const file = `src/storage/schema/${name}.snapshot.txt`;
      throw new Error(`The schema is not that of ${file}. If a migration is meant to change it, run ${update}`, {
        cause,
      });
    }
  });
}
