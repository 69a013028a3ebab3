import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate], { attributes: 'validUntil="2030-01-01T00:00:00Z"' });

test("GetSAMLProvider shows the metadata as it was given, and refuses a provider that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  await assert.rejects(iam.getSAMLProvider({ SAMLProviderArn }), {
    name: "NoSuchEntityException",
    message: `Manifest not found for arn ${SAMLProviderArn}`,
  });
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  const shown = await iam.getSAMLProvider({ SAMLProviderArn });
  assert.equal(shown.SAMLMetadataDocument, SAMLMetadataDocument);
  assert.equal(shown.AssertionEncryptionMode, "Allowed");
  assert.deepEqual(shown.ValidUntil, new Date("2030-01-01T00:00:00.000Z"));
});
