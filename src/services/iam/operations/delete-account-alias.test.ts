import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { openIam } from "../iam.fixture.ts";

test("DeleteAccountAlias deletes the account's alias, and refuses another account's", async () => {
  await using context = await openIam();
  const { iam, caller } = context;
  await iam.createAccountAlias({ AccountAlias: "second" });
  await assert.rejects(iam.deleteAccountAlias({ AccountAlias: "first" }), { name: "NoSuchEntityException" });
  caller.principal = { ...rootPrincipal, account: "222222222222" };
  await assert.rejects(iam.deleteAccountAlias({ AccountAlias: "second" }), { name: "NoSuchEntityException" });
  caller.principal = rootPrincipal;
  await iam.deleteAccountAlias({ AccountAlias: "second" });
  assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, []);
});
