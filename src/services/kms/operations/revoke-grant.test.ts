import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openKms } from "../kms.fixture.ts";

const GranteePrincipal = `arn:aws:iam::${testAccount}:root`;

test("RevokeGrant removes the grant that it names, but not in a dry run", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const { id: KeyId, arn } = await opened.create();
  const grant = async () => (await kms.createGrant({ KeyId, GranteePrincipal, Operations: ["Decrypt"] })).GrantId!;
  const [first, second] = [await grant(), await grant()];
  const ids = async () => (await kms.listGrants({ KeyId })).Grants?.map(({ GrantId }) => GrantId);
  await assert.rejects(kms.revokeGrant({ KeyId, GrantId: first, DryRun: true }), { name: "DryRunOperationException" });
  assert.equal((await ids())?.length, 2);
  await kms.revokeGrant({ KeyId: arn, GrantId: first });
  const access = asked.at(-1);
  assert.deepEqual([access?.action, access?.resource], ["kms:RevokeGrant", arn]);
  assert.equal(access?.conditions?.["kms:GrantIsForAWSResource"], "false");
  assert.deepEqual(await ids(), [second]);
});

test("RevokeGrant refuses another key's grant, a text that is no grant id, and an alias", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const [{ id: KeyId }, other] = [await opened.create(), await opened.create()];
  const { GrantId } = await kms.createGrant({ KeyId: other.id, GranteePrincipal, Operations: ["Decrypt"] });
  await assert.rejects(kms.revokeGrant({ KeyId, GrantId }), {
    name: "NotFoundException",
    message: `Grant ID ${GrantId} not found`,
  });
  await assert.rejects(kms.revokeGrant({ KeyId, GrantId: "x" }), { name: "InvalidGrantIdException" });
  await assert.rejects(kms.revokeGrant({ KeyId: "alias/app", GrantId }), { name: "NotFoundException" });
});
