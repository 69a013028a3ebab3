import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { openGrants, stranger } from "../grants/grants.fixture.ts";

const denied = { name: "AccessDeniedException" };
const deny = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action, Resource: "*" }] });

for (const kind of databases()) {
  test(`RetireGrant is allowed by the grant and its account, not by policies alone (${kind.name})`, async () => {
    await using context = await openGrants(kind);
    const { kms, iam, as, alice, bob, grant, KeyId } = context;
    const { GrantId, GrantToken } = await grant(alice, { RetiringPrincipal: bob.arn });
    const byId = () => kms.retireGrant({ KeyId, GrantId });
    await assert.rejects(as(alice, byId), denied);
    await assert.rejects(
      as(stranger, () => kms.retireGrant({ GrantToken })),
      denied,
    );
    await assert.rejects(
      as(bob, () => kms.retireGrant({ GrantToken, DryRun: true })),
      { name: "DryRunOperationException" },
    );
    const { Grants } = await kms.listRetirableGrants({ RetiringPrincipal: bob.arn });
    assert.deepEqual(
      Grants?.map((each) => [each.GrantId, each.KeyId]),
      [[GrantId, KeyId]],
    );
    await as(bob, () => kms.retireGrant({ GrantToken }));
    await assert.rejects(as(bob, byId), { name: "NotFoundException" });
    const own = await grant(alice, { Operations: ["RetireGrant", "Encrypt"] });
    await as(alice, () => kms.retireGrant({ KeyId, GrantId: own.GrantId }));
    await kms.retireGrant({ GrantToken: (await grant(alice)).GrantToken });
    const delegated = await grant(alice);
    await iam.putUserPolicy({
      UserName: "bob",
      PolicyName: "retire",
      PolicyDocument: deny("kms:RetireGrant").replace("Deny", "Allow"),
    });
    await as(bob, () => kms.retireGrant({ GrantToken: delegated.GrantToken }));
    for (const input of [{}, { KeyId }, { GrantId }, { GrantToken, KeyId, GrantId }]) {
      await assert.rejects(kms.retireGrant(input), { name: "ValidationException" });
    }
    await assert.rejects(kms.retireGrant({ GrantToken: "AAAA" }), { name: "InvalidGrantTokenException" });
  });
}
