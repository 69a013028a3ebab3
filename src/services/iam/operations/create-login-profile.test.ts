import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("CreateLoginProfile makes a password once, which is stored as a hash", async () => {
  await using context = await openIam();
  const { iam, clock, database } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  await assert.rejects(iam.createLoginProfile(user), { name: "ValidationError" });
  await assert.rejects(iam.createLoginProfile({ ...user, Password: "short" }), {
    name: "PasswordPolicyViolationException",
    message: "Password should have a minimum length of 8",
  });
  const made = await iam.createLoginProfile({ ...user, Password: "Abc1!efgh", PasswordResetRequired: true });
  assert.deepEqual(made.LoginProfile, { UserName: "bob", CreateDate: clock.now(), PasswordResetRequired: true });
  await assert.rejects(iam.createLoginProfile({ ...user, Password: "Abc1!efgh" }), {
    name: "EntityAlreadyExistsException",
    message: "Login Profile for user bob already exists.",
  });
  const stored = JSON.stringify(await database.db.selectFrom("iam_login_profiles").selectAll().execute());
  assert.doesNotMatch(stored, /efgh/);
  assert.match(stored, /scrypt\$32768\$8\$1\$/);
  await assert.rejects(iam.createLoginProfile({ UserName: "none", Password: "Abc1!efgh" }), noSuch("user", "none"));
});
