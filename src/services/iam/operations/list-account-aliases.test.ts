import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("ListAccountAliases shows the alias, and refuses a marker that is not its own", async () => {
  await using context = await openIam();
  const { iam } = context;
  assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, []);
  await iam.createAccountAlias({ AccountAlias: "second" });
  assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, ["second"]);
  await assert.rejects(iam.listAccountAliases({ Marker: "!" }), { name: "ValidationError" });
});
