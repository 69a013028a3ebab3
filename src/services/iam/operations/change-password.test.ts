import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { openIam, principalOf } from "../iam.fixture.ts";

const user = { UserName: "bob" };
const passwords = { OldPassword: "Abc1!efghijk", NewPassword: "New1!efghijk" };

test("ChangePassword needs the old password, and a permission or the account's policy", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller, database } = context;
  const bob = principalOf((await iam.createUser(user)).User);
  await assert.rejects(iam.changePassword(passwords), {
    name: "InvalidUserTypeException",
    message: "Only IAM Users can change their own password",
  });
  await iam.createLoginProfile({ ...user, Password: passwords.OldPassword, PasswordResetRequired: true });
  caller.principal = bob;
  await assert.rejects(iam.changePassword(passwords), {
    name: "AccessDenied",
    message: `User: ${bob.arn} is not authorized to perform: iam:ChangePassword on resource: ${bob.arn} because no identity-based policy allows the iam:ChangePassword action`,
  });
  caller.principal = rootPrincipal;
  await iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true, PasswordReusePrevention: 2 });
  caller.principal = bob;
  await assert.rejects(iam.changePassword({ ...passwords, OldPassword: "wrong" }), {
    name: "AccessDenied",
    message: "The old password was incorrect.",
  });
  await iam.changePassword(passwords);
  await assert.rejects(iam.changePassword(passwords), { message: "The old password was incorrect." });
  const back = { OldPassword: passwords.NewPassword, NewPassword: passwords.OldPassword };
  await assert.rejects(iam.changePassword(back), { name: "PasswordPolicyViolationException" });
  caller.principal = rootPrincipal;
  assert.equal((await iam.getLoginProfile(user)).LoginProfile?.PasswordResetRequired, false);
  await Promise.all(["One1!efghijk", "Two1!efghijk"].map((Password) => iam.updateLoginProfile({ ...user, Password })));
  const [stored] = await database.db.selectFrom("iam_login_profiles").selectAll().execute();
  assert.equal((JSON.parse(stored?.hashes ?? "[]") as string[]).length, 4, "neither change is lost");
});

test("ChangePassword refuses the old password where another request replaced it in the meantime", async () => {
  await using context = await openIam();
  const { iam, caller } = context;
  const bob = principalOf((await iam.createUser(user)).User);
  await iam.createLoginProfile({ ...user, Password: passwords.OldPassword });
  context.meanwhile(() => iam.updateLoginProfile({ ...user, Password: "Third1!efghi" }));
  caller.principal = bob;
  await assert.rejects(iam.changePassword(passwords), { message: "The old password was incorrect." });
  await iam.changePassword({ ...passwords, OldPassword: "Third1!efghi" });
});
