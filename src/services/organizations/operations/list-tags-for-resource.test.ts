import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openOrganizations, staging, stagingId } from "../organizations.fixture.ts";

for (const kind of databases()) {
  test(`ListTagsForResource gives an account's tags (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const { organizations } = context;
    await organizations.createAccount(staging);
    assert.deepEqual((await organizations.listTagsForResource({ ResourceId: stagingId })).Tags, staging.Tags);
  });
}

test("ListTagsForResource gives no tags of the first account and the root", async () => {
  await using context = await openOrganizations();
  const { organizations } = context;
  const { Roots: roots } = await organizations.listRoots({});
  for (const ResourceId of [testAccount, roots![0]!.Id!]) {
    assert.deepEqual((await organizations.listTagsForResource({ ResourceId })).Tags, []);
  }
});

test("ListTagsForResource refuses what is not there", async () => {
  await using context = await openOrganizations();
  await assert.rejects(context.organizations.listTagsForResource({ ResourceId: "999999999999" }), {
    name: "TargetNotFoundException",
  });
});
