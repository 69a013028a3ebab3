import assert from "node:assert/strict";
import { test } from "node:test";
import { paginateListAccounts } from "@aws-sdk/client-organizations";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { pageToken } from "../../../model/page-token.ts";
import { openOrganizations } from "../organizations.fixture.ts";

for (const kind of databases()) {
  test(`ListAccounts gives every account on pages of any size, the first account first (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const { organizations } = context;
    for (let index = 0; index < 5; index++) {
      await organizations.createAccount({ AccountName: `a${index}`, Email: `a${index}@example.com` });
    }
    const whole = (await organizations.listAccounts({})).Accounts!;
    assert.equal(whole.length, 6);
    assert.equal(whole[0]?.Id, testAccount);
    for (const pageSize of [1, 2, 5, 6]) {
      const found = [];
      for await (const page of paginateListAccounts({ client: organizations, pageSize }, {})) {
        found.push(...page.Accounts!);
      }
      assert.deepEqual(found, whole);
    }
  });
}

test("ListAccounts refuses tokens that it did not give", async () => {
  await using context = await openOrganizations();
  const forged = [Buffer.from("after 1").toString("base64url"), pageToken("1"), pageToken({}), pageToken(null)];
  for (const NextToken of ["x", "", ...forged]) {
    await assert.rejects(context.organizations.listAccounts({ NextToken }), { Reason: "INVALID_NEXT_TOKEN" });
  }
});
