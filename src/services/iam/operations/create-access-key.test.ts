import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("CreateAccessKey makes two keys a user, whose secrets are shown once and sealed", async () => {
  await using context = await openIam();
  const { iam, store, database } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { AccessKey: first } = await iam.createAccessKey(user);
  assert.match(first?.AccessKeyId ?? "", /^AKIA[A-Z2-7]{16}$/);
  assert.equal(first?.SecretAccessKey?.length, 40);
  const { AccessKey: second } = await iam.createAccessKey(user);
  await assert.rejects(iam.createAccessKey(user), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for AccessKeysPerUser: 2",
  });
  const rows = await database.db.selectFrom("iam_access_keys").selectAll().execute();
  assert.equal(rows.length, 2);
  for (const row of rows) {
    const text = Buffer.from(row.secret).toString("latin1");
    assert.ok(![first, second].some((key) => text.includes(key?.SecretAccessKey ?? "")));
  }
  const found = await store.accessKeys.find(second?.AccessKeyId ?? "");
  assert.deepEqual([found?.secretAccessKey, found?.active, found?.user.name], [second?.SecretAccessKey, true, "bob"]);
  await assert.rejects(iam.createAccessKey({ UserName: "none" }), noSuch("user", "none"));
});

test("CreateAccessKey makes no key for a user that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  context.meanwhile(async () => {
    await iam.deleteUser(user);
    await iam.createUser(user);
  });
  await assert.rejects(iam.createAccessKey(user), noSuch("user", "bob"));
  assert.deepEqual((await iam.listAccessKeys(user)).AccessKeyMetadata, []);
});
