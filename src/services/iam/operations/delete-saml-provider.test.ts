import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const SAMLMetadataDocument = `<?xml version="1.0"?>
<!-- made by hand --><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="2030-01-01T00:00:00Z"
 entityID="https://idp.example.com/${"x".repeat(1000)}"><md:IDPSSODescriptor/></md:EntityDescriptor>`;

test("DeleteSAMLProvider deletes a provider once", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  await iam.deleteSAMLProvider({ SAMLProviderArn });
  for (const attempt of [
    () => iam.deleteSAMLProvider({ SAMLProviderArn }),
    () => iam.getSAMLProvider({ SAMLProviderArn }),
  ]) {
    const message = `Manifest not found for arn ${SAMLProviderArn}`;
    await assert.rejects(attempt, { name: "NoSuchEntityException", message });
  }
});
