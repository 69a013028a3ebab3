import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount } from "../../../../../test/support/in-process.ts";
import { fakeClock } from "../../../../clock.ts";
import { randomIds } from "../../../../ids.ts";
import { keyring } from "../../../../keyring/keyring.ts";
import type { Principal } from "../../../../model/call.ts";
import { authorizer, iamService, iamStore } from "../../index.ts";
import { type PasswordPolicy, passwordFault } from "./password-policy.ts";

const strict: PasswordPolicy = {
  minimumLength: 12,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
  allowChange: true,
  maxAge: 90,
  reusePrevention: 2,
  hardExpiry: undefined,
};

test("a password must be as the account's policy says, or as AWS's where there is none", () => {
  const cases: [string, PasswordPolicy | undefined, RegExp | undefined][] = [
    ["Abc1!efg", undefined, undefined],
    ["abc1!efg", undefined, undefined],
    ["Abc1!ef", undefined, /minimum length of 8/],
    [
      "abcdefg1",
      undefined,
      /^Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol$/,
    ],
    ["111122223333", undefined, /^Password should meet 2 more /],
    ["My-alias-1", undefined, /name of the account/],
    ["Abc1!efg", strict, /minimum length of 12/],
    ["abc1!efghijk", strict, /one uppercase letter/],
    ["ABC1!EFGHIJK", strict, /one lowercase letter/],
    ["Abcd!efghijk", strict, /one number/],
    ["abcdefghijkl", strict, /one uppercase letter, .* one number, .* one symbol$/],
    ["Abc1 efghijk", strict, /at least one symbol$/],
    ["Abc1!efghijk", strict, undefined],
    [
      "abcdef",
      { ...strict, minimumLength: 6, requireSymbols: false, requireNumbers: false, requireUppercase: false },
      undefined,
    ],
  ];
  for (const [password, policy, fault] of cases) {
    const found = passwordFault(password, policy, [testAccount, "My-alias-1"]);
    if (fault) assert.match(found ?? "", fault, password);
    else assert.equal(found, undefined, password);
  }
});

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const caller: { principal: Principal } = { principal: rootPrincipal };
    const clock = fakeClock();
    const options = { clock, principal: () => caller.principal, authorize: authorizer({ store }) };
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], options));
    const { User: user } = await iam.createUser({ UserName: "bob" });
    const bob: Principal = {
      ...rootPrincipal,
      ...{ kind: "user", userName: "bob", userId: user?.UserId ?? "", arn: user?.Arn ?? "" },
    };
    return { iam, caller, clock, bob, database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }
  const user = { UserName: "bob" };

  test(`a login profile is made once, shown without its password, changed and deleted (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, clock, database } = context;
    await assert.rejects(iam.createLoginProfile(user), { name: "ValidationError" });
    await assert.rejects(iam.createLoginProfile({ ...user, Password: "short" }), {
      name: "PasswordPolicyViolationException",
      message: "Password should have a minimum length of 8",
    });
    await assert.rejects(iam.getLoginProfile(user), {
      name: "NoSuchEntityException",
      message: "Login Profile for User bob cannot be found.",
    });
    const shown = { UserName: "bob", CreateDate: clock.now(), PasswordResetRequired: true };
    const made = await iam.createLoginProfile({ ...user, Password: "Abc1!efgh", PasswordResetRequired: true });
    assert.deepEqual(made.LoginProfile, shown);
    await assert.rejects(iam.createLoginProfile({ ...user, Password: "Abc1!efgh" }), {
      name: "EntityAlreadyExistsException",
      message: "Login Profile for user bob already exists.",
    });
    clock.advance(1000);
    await iam.updateLoginProfile({ ...user, PasswordResetRequired: false });
    await iam.updateLoginProfile({ ...user, Password: "Other2!efgh" });
    assert.deepEqual((await iam.getLoginProfile(user)).LoginProfile, { ...shown, PasswordResetRequired: false });
    const stored = JSON.stringify(await database.db.selectFrom("iam_login_profiles").selectAll().execute());
    assert.doesNotMatch(stored, /efgh/);
    assert.match(stored, /scrypt\$32768\$8\$1\$/);
    await assert.rejects(iam.deleteUser(user), {
      name: "DeleteConflictException",
      message: "Cannot delete entity, must delete login profile first.",
    });
    await iam.deleteLoginProfile(user);
    await assert.rejects(iam.deleteLoginProfile(user), { name: "NoSuchEntityException" });
    await iam.deleteUser(user);
  });

  test(`ChangePassword needs the old password, and a permission or the account's policy (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, caller, bob, database } = context;
    const passwords = { OldPassword: "Abc1!efghijk", NewPassword: "New1!efghijk" };
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
    await Promise.all(
      ["One1!efghijk", "Two1!efghijk"].map((Password) => iam.updateLoginProfile({ ...user, Password })),
    );
    const [stored] = await database.db.selectFrom("iam_login_profiles").selectAll().execute();
    assert.equal((JSON.parse(stored?.hashes ?? "[]") as string[]).length, 4, "neither change is lost");
  });

  test(`the account password policy is shown as set, with AWS's defaults (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const none = {
      name: "NoSuchEntityException",
      message: `The Password Policy with domain name ${testAccount} cannot be found.`,
    };
    await assert.rejects(iam.getAccountPasswordPolicy({}), none);
    await assert.rejects(iam.deleteAccountPasswordPolicy({}), {
      name: "NoSuchEntityException",
      message: "The account policy with name PasswordPolicy cannot be found.",
    });
    await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 14, RequireSymbols: true, MaxPasswordAge: 90 });
    assert.deepEqual((await iam.getAccountPasswordPolicy({})).PasswordPolicy, {
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
    });
    await iam.updateAccountPasswordPolicy({});
    const { PasswordPolicy: policy } = await iam.getAccountPasswordPolicy({});
    assert.deepEqual([policy?.MinimumPasswordLength, policy?.ExpirePasswords], [6, false]);
    await assert.rejects(iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 5 }), { name: "ValidationError" });
    await iam.deleteAccountPasswordPolicy({});
    await assert.rejects(iam.getAccountPasswordPolicy({}), none);
  });
}
