import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openOrganizations, staging, stagingId } from "../organizations.fixture.ts";

for (const kind of databases()) {
  test(`DescribeAccount shows an account and its place in the organization (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const { organizations } = context;
    await organizations.createAccount(staging);
    const { Organization: organization } = await organizations.describeOrganization({});
    const { Roots: roots } = await organizations.listRoots({});
    const { Account: account } = await organizations.describeAccount({ AccountId: stagingId });
    assert.equal(account?.Arn, `arn:aws:organizations::${testAccount}:account/${organization?.Id}/${stagingId}`);
    assert.deepEqual(account?.Paths, [`${organization?.Id}/${roots?.[0]?.Id}/${stagingId}/`]);
    assert.deepEqual([account?.Name, account?.Email, account?.Status], ["staging", "staging@example.com", "ACTIVE"]);
    assert.equal(account?.JoinedMethod, "CREATED");
  });
}

test("DescribeAccount shows the first account", async () => {
  await using context = await openOrganizations();
  const { Account: account } = await context.organizations.describeAccount({ AccountId: testAccount });
  assert.deepEqual([account?.Id, account?.JoinedMethod, account?.JoinedTimestamp], [testAccount, "INVITED", undefined]);
});

test("DescribeAccount refuses an account that is not in the organization", async () => {
  await using context = await openOrganizations();
  await assert.rejects(context.organizations.describeAccount({ AccountId: "999999999999" }), {
    name: "AccountNotFoundException",
    message: "You specified an account that doesn't exist.",
  });
});
