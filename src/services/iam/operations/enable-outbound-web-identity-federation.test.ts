import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openIam, refusal } from "../iam.fixture.ts";

test("EnableOutboundWebIdentityFederation makes the account an issuer, whose URL stays, and refuses to do so twice", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { IssuerIdentifier: issuer } = await iam.enableOutboundWebIdentityFederation({});
  assert.match(issuer ?? "", /^http:\/\/[^/]+\/_sealift\/oidc\/[0-9a-f-]{36}$/);
  await assert.rejects(
    iam.enableOutboundWebIdentityFederation({}),
    refusal("FeatureEnabled", 409, "Outbound identity federation is already enabled for this account"),
  );
  await iam.disableOutboundWebIdentityFederation({});
  assert.equal((await iam.enableOutboundWebIdentityFederation({})).IssuerIdentifier, issuer);
});

test("EnableOutboundWebIdentityFederation enables once where two ask at the same time", async () => {
  await using context = await openIam();
  const { iam } = context;
  const asked = await Promise.allSettled([
    iam.enableOutboundWebIdentityFederation({}),
    context.open().iam.enableOutboundWebIdentityFederation({}),
  ]);
  assert.deepEqual(asked.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const keys = await context.open().store.tokenIssuers.keys.list(testAccount);
  assert.deepEqual(keys.map(({ algorithm }) => algorithm).sort(), ["ES384", "RS256"]);
});
