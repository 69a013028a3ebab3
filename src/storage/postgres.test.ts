import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../test/support/databases.ts";
import { skipUnless } from "../../test/support/require.ts";
import { isUnstorable } from "./postgres.ts";

test("isUnstorable knows PostgreSQL's refusal of NUL from its other errors", {
  skip: await skipUnless("postgres"),
}, async () => {
  const postgres = databases().find(({ name }) => name === "postgres")!;
  await using database = await postgres.open();
  const find = (arn: string) => database.db.selectFrom("ecs_tags").selectAll().where("arn", "=", arn).execute();
  await assert.rejects(find("a\0b"), isUnstorable);
  await assert.rejects(
    database.db
      .selectFrom("none" as "ecs_tags")
      .selectAll()
      .execute(),
    (error) => !isUnstorable(error),
  );
  assert.equal(isUnstorable(undefined), false);
});
