import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { openIam } from "../iam.fixture.ts";

test("CreateAccountAlias gives an account one alias, which no other account has", async () => {
  await using context = await openIam();
  const { iam, caller } = context;
  await iam.createAccountAlias({ AccountAlias: "first" });
  await iam.createAccountAlias({ AccountAlias: "second" });
  assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, ["second"]);
  caller.principal = { ...rootPrincipal, account: "222222222222" };
  await assert.rejects(iam.createAccountAlias({ AccountAlias: "second" }), {
    name: "EntityAlreadyExistsException",
    message: "The account alias second already exists.",
  });
  await assert.rejects(iam.createAccountAlias({ AccountAlias: "Not an alias" }), { name: "ValidationError" });
  await iam.createAccountAlias({ AccountAlias: "first" });
});
