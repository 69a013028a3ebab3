import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("UpdateAccountPasswordPolicy sets every rule, with AWS's defaults, and refuses too short a length", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 14, RequireSymbols: true, MaxPasswordAge: 90 });
  await iam.updateAccountPasswordPolicy({});
  const { PasswordPolicy: policy } = await iam.getAccountPasswordPolicy({});
  assert.deepEqual([policy?.MinimumPasswordLength, policy?.ExpirePasswords], [6, false]);
  await assert.rejects(iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 5 }), { name: "ValidationError" });
});
