import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("DisableOutboundWebIdentityFederation disables once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const disabled = { name: "FeatureDisabledException", Code: "FeatureDisabled" };
  await assert.rejects(iam.disableOutboundWebIdentityFederation({}), disabled);
  await iam.enableOutboundWebIdentityFederation({});
  await iam.disableOutboundWebIdentityFederation({});
  await assert.rejects(iam.getOutboundWebIdentityFederationInfo({}), disabled);
  await assert.rejects(iam.disableOutboundWebIdentityFederation({}), disabled);
});
