import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { openOrganizations, staging } from "../organizations.fixture.ts";

for (const kind of databases()) {
  test(`DescribeCreateAccountStatus shows what CreateAccount answered (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const { organizations } = context;
    for (const state of ["SUCCEEDED", "FAILED"]) {
      const { CreateAccountStatus: status } = await organizations.createAccount(staging);
      assert.equal(status?.State, state);
      const asked = await organizations.describeCreateAccountStatus({ CreateAccountRequestId: status?.Id });
      assert.deepEqual(asked.CreateAccountStatus, status);
    }
  });
}

test("DescribeCreateAccountStatus refuses a request that was not made", async () => {
  await using context = await openOrganizations();
  const CreateAccountRequestId = `car-${"0".repeat(32)}`;
  await assert.rejects(context.organizations.describeCreateAccountStatus({ CreateAccountRequestId }), {
    name: "CreateAccountStatusNotFoundException",
  });
});
