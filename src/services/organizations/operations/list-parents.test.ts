import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openOrganizations, staging, stagingId } from "../organizations.fixture.ts";

test("ListParents gives the root as every account's parent", async () => {
  await using context = await openOrganizations();
  const { organizations } = context;
  await organizations.createAccount(staging);
  const { Roots: roots } = await organizations.listRoots({});
  for (const ChildId of [stagingId, testAccount]) {
    const { Parents: parents } = await organizations.listParents({ ChildId });
    assert.deepEqual(parents, [{ Id: roots?.[0]?.Id, Type: "ROOT" }]);
  }
});

test("ListParents refuses an account that is not in the organization", async () => {
  await using context = await openOrganizations();
  await assert.rejects(context.organizations.listParents({ ChildId: "999999999999" }), {
    name: "ChildNotFoundException",
  });
});
