import assert from "node:assert/strict";
import { test } from "node:test";
import { paginateListGrants } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { openGrants } from "../grants/grants.fixture.ts";

for (const kind of databases()) {
  test(`ListGrants pages and filters (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, alice, bob, grant, KeyId } = context;
    const ids: string[] = [];
    for (const who of [alice, alice, bob]) ids.push((await grant(who)).GrantId!);
    const listed: string[] = [];
    for await (const { Grants } of paginateListGrants({ client: kms, pageSize: 2 }, { KeyId })) {
      listed.push(...Grants!.map((each) => each.GrantId!));
    }
    assert.deepEqual(listed, ids.sort());
    assert.equal((await kms.listGrants({ KeyId, GranteePrincipal: alice.arn })).Grants?.length, 2);
    assert.equal((await kms.listGrants({ KeyId, GrantId: ids[0]! })).Grants?.length, 1);
    await assert.rejects(kms.listGrants({ KeyId, Marker: "x" }), { name: "InvalidMarkerException" });
  });
}
