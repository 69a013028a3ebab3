import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, refusal } from "../iam.fixture.ts";

test("GetOutboundWebIdentityFederationInfo shows the issuer of an account that has one", async () => {
  await using context = await openIam();
  const { iam } = context;
  await assert.rejects(
    iam.getOutboundWebIdentityFederationInfo({}),
    refusal("FeatureDisabled", 404, "Outbound identity federation is not enabled for this account"),
  );
  const { IssuerIdentifier } = await iam.enableOutboundWebIdentityFederation({});
  const { $metadata: _, ...info } = await iam.getOutboundWebIdentityFederationInfo({});
  assert.deepEqual(info, { IssuerIdentifier, JwtVendingEnabled: true });
});
