import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { openIam } from "../iam.fixture.ts";

test("the requests of root and services leave no use", async () => {
  await using context = await openIam();
  const { store, database } = context;
  const use = { usedAt: new Date(0), service: "ssm", region: "eu-west-1" };
  store.uses.note(rootPrincipal, use);
  store.uses.note({ ...rootPrincipal, kind: "service" }, use);
  await store.uses.write();
  assert.deepEqual(await database.db.selectFrom("iam_uses").selectAll().execute(), []);
});
