/** The tests of IAM once more, on PostgreSQL. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { shareDatabase } from "./iam.fixture.ts";

const kind = databases().find(({ name }) => name === "postgres");

if (kind) {
  const database = await kind.open();
  after(() => database[Symbol.asyncDispose]());
  shareDatabase(database);
  for (const file of globSync("**/*.test.ts", { cwd: import.meta.dirname }).sort()) {
    const text = readFileSync(join(import.meta.dirname, file), "utf8");
    if (text.includes("= await openIam(")) await import(`./${file}`);
  }
} else {
  test("IAM's tests on PostgreSQL", { skip: "SEALIFT_TEST_POSTGRES names no server" }, () => {});
}
