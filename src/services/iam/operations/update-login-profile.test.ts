import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

const user = { UserName: "bob" };

test("UpdateLoginProfile changes the password or the flag, and not the time of creation", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  await iam.createUser(user);
  await assert.rejects(iam.updateLoginProfile(user), { message: "Login Profile for User bob cannot be found." });
  const shown = { UserName: "bob", CreateDate: clock.now(), PasswordResetRequired: true };
  await iam.createLoginProfile({ ...user, Password: "Abc1!efgh", PasswordResetRequired: true });
  clock.advance(1000);
  await iam.updateLoginProfile({ ...user, Password: "Other2!efgh" });
  assert.deepEqual((await iam.getLoginProfile(user)).LoginProfile, shown);
  await iam.updateLoginProfile({ ...user, PasswordResetRequired: false });
  assert.deepEqual((await iam.getLoginProfile(user)).LoginProfile, { ...shown, PasswordResetRequired: false });
  await assert.rejects(iam.updateLoginProfile({ ...user, Password: "short" }), {
    name: "PasswordPolicyViolationException",
  });
});

test("UpdateLoginProfile loses neither of two changes at once", async () => {
  await using context = await openIam();
  const { iam, database } = context;
  await iam.createUser(user);
  await iam.createLoginProfile({ ...user, Password: "Abc1!efghijk" });
  await Promise.all(["One1!efghijk", "Two1!efghijk"].map((Password) => iam.updateLoginProfile({ ...user, Password })));
  const [stored] = await database.db.selectFrom("iam_login_profiles").selectAll().execute();
  assert.equal((JSON.parse(stored?.hashes ?? "[]") as string[]).length, 3);
});
