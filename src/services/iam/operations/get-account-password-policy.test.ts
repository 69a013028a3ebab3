import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openIam } from "../iam.fixture.ts";

test("GetAccountPasswordPolicy shows the policy as set, and refuses an account without one", async () => {
  await using context = await openIam();
  const { iam } = context;
  await assert.rejects(iam.getAccountPasswordPolicy({}), {
    name: "NoSuchEntityException",
    message: `The Password Policy with domain name ${testAccount} cannot be found.`,
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
});
