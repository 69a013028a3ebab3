import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testAccount } from "../../../../test/support/in-process.ts";
import { openKms } from "../kms.fixture.ts";

const RetiringPrincipal = `arn:aws:iam::${testAccount}:role/retires`;

test("ListRetirableGrants pages through the grants of all keys that the principal may retire", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const grants: string[] = [];
  for (const retiring of [RetiringPrincipal, RetiringPrincipal, rootPrincipal.arn]) {
    const { id: KeyId, arn } = await opened.create();
    const input = { KeyId, GranteePrincipal: rootPrincipal.arn, Operations: ["Decrypt" as const] };
    const { GrantId } = await kms.createGrant({ ...input, RetiringPrincipal: retiring });
    if (retiring === RetiringPrincipal) grants.push(`${GrantId} ${arn}`);
  }
  const listed: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await kms.listRetirableGrants({ RetiringPrincipal, Limit: 1, ...(Marker && { Marker }) });
    listed.push(...page.Grants!.map(({ GrantId, KeyId }) => `${GrantId} ${KeyId}`));
    Marker = page.NextMarker;
  } while (Marker);
  assert.deepEqual(listed, grants.sort());
  const { action, resource, resourceAccount } = asked.at(-1)!;
  assert.deepEqual([action, resource, resourceAccount], ["kms:ListRetirableGrants", "*", testAccount]);
});

test("ListRetirableGrants refuses a request without a principal, a text that is no principal, and a service", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  await assert.rejects(kms.listRetirableGrants({}), {
    name: "ValidationException",
    message: /^1 validation error detected: Value null at 'retiringPrincipal'/,
  });
  await assert.rejects(kms.listRetirableGrants({ RetiringPrincipal: "arn:aws:s3:::b" }), {
    name: "InvalidArnException",
  });
  await assert.rejects(kms.listRetirableGrants({ RetiringServicePrincipal: "sns.amazonaws.com" }), {
    name: "UnsupportedOperationException",
  });
});
