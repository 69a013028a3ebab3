/** IAM's tests once more, on PostgreSQL: those that open their IAM with `openIam`. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { shareDatabase } from "./iam.fixture.ts";

const postgres = databases().find(({ name }) => name === "postgres");

if (postgres) {
  const database = await postgres.open();
  after(() => database[Symbol.asyncDispose]());
  shareDatabase(database);
  for (const file of globSync("**/*.test.ts", { cwd: import.meta.dirname }).sort()) {
    const text = readFileSync(join(import.meta.dirname, file), "utf8");
    const usesFixture = file !== "postgres.test.ts" && text.includes("await openIam(");
    if (usesFixture) await import(`./${file}`);
  }
} else {
  test("IAM's tests on PostgreSQL", { skip: "SEALIFT_TEST_POSTGRES names no server" }, () => {});
}
