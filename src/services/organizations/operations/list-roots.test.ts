import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { memberAccount } from "../../../../test/support/member-account.ts";
import { openOrganizations, stagingId } from "../organizations.fixture.ts";

test("ListRoots gives the one root", async () => {
  await using context = await openOrganizations();
  const { organizations } = context;
  const { Organization: organization } = await organizations.describeOrganization({});
  const { Roots: roots } = await organizations.listRoots({});
  assert.equal(roots?.length, 1);
  const [root] = roots!;
  assert.match(root?.Id ?? "", /^r-[0-9a-f]{4}$/);
  assert.equal(root?.Arn, `arn:aws:organizations::${testAccount}:root/${organization?.Id}/${root?.Id}`);
});

test("ListRoots refuses other accounts than the first", async () => {
  await using context = await openOrganizations();
  const { credentials } = await memberAccount(context, stagingId);
  await assert.rejects(context.as(credentials).organizations.listRoots({}), { name: "AccessDeniedException" });
});
