import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { makeRootKey } from "../index.ts";
import { openOrganizations, staging, stagingId } from "../organizations.fixture.ts";

for (const kind of databases()) {
  test(`another account's root user may only ask which organization it belongs to (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    await context.organizations.createAccount(staging);
    const key = await makeRootKey(context.plane.organizations, stagingId);
    const member = context.as(key!);
    assert.equal((await member.sts.getCallerIdentity({})).Arn, `arn:aws:iam::${stagingId}:root`);
    assert.equal((await member.organizations.describeOrganization({})).Organization?.MasterAccountId, testAccount);
    const denied = { name: "AccessDeniedException", message: "You don't have permissions to access this resource." };
    const { organizations } = member;
    await assert.rejects(organizations.listAccounts({}), denied);
    await assert.rejects(organizations.createAccount(staging), denied);
    await assert.rejects(organizations.describeAccount({ AccountId: testAccount }), denied);
    await assert.rejects(organizations.listParents({ ChildId: testAccount }), denied);
    await assert.rejects(organizations.listTagsForResource({ ResourceId: testAccount }), denied);
    const CreateAccountRequestId = `car-${"0".repeat(32)}`;
    await assert.rejects(organizations.describeCreateAccountStatus({ CreateAccountRequestId }), denied);
  });
}
