import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../../iam.fixture.ts";

test("a secret that was moved to another key's row does not open", async () => {
  await using context = await openIam();
  const { iam, store, database } = context;
  await iam.createUser({ UserName: "bob" });
  const { AccessKey: first } = await iam.createAccessKey({ UserName: "bob" });
  const { AccessKey: second } = await iam.createAccessKey({ UserName: "bob" });
  const row = await database.db
    .selectFrom("iam_access_keys")
    .select("secret")
    .where("id", "=", first?.AccessKeyId ?? "")
    .executeTakeFirstOrThrow();
  await database.db
    .updateTable("iam_access_keys")
    .set({ secret: row.secret })
    .where("id", "=", second?.AccessKeyId ?? "")
    .execute();
  await assert.rejects(store.accessKeys.find(second?.AccessKeyId ?? ""), /sealed under another root key/);
});
