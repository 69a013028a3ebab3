import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("DeleteAccountPasswordPolicy deletes the policy once", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.updateAccountPasswordPolicy({});
  await iam.deleteAccountPasswordPolicy({});
  await assert.rejects(iam.getAccountPasswordPolicy({}), { name: "NoSuchEntityException" });
  await assert.rejects(iam.deleteAccountPasswordPolicy({}), {
    name: "NoSuchEntityException",
    message: "The account policy with name PasswordPolicy cannot be found.",
  });
});
