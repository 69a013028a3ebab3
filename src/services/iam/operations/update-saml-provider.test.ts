import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate], { attributes: 'validUntil="2030-01-01T00:00:00Z"' });

test("UpdateSAMLProvider replaces the metadata, and refuses other text", async () => {
  await using context = await openIam();
  const { iam } = context;
  const later = SAMLMetadataDocument.replace("2030-01-01", "2031-01-01");
  await assert.rejects(iam.updateSAMLProvider({ SAMLProviderArn }), {
    name: "NoSuchEntityException",
    message: `Manifest not found for arn ${SAMLProviderArn}`,
  });
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  await iam.updateSAMLProvider({ SAMLProviderArn });
  await iam.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: later });
  const shown = await iam.getSAMLProvider({ SAMLProviderArn });
  assert.deepEqual([shown.SAMLMetadataDocument, shown.ValidUntil], [later, new Date("2031-01-01T00:00:00.000Z")]);
  const wrong = { SAMLProviderArn, SAMLMetadataDocument: "x".repeat(1000) };
  await assert.rejects(iam.updateSAMLProvider(wrong), { message: "Could not parse metadata" });
});

test("UpdateSAMLProvider changes no provider that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  context.meanwhile(async () => {
    await iam.deleteSAMLProvider({ SAMLProviderArn });
    await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  });
  const later = SAMLMetadataDocument.replace("2030-01-01", "2031-01-01");
  await assert.rejects(iam.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: later }), {
    name: "NoSuchEntityException",
    message: `Manifest not found for arn ${SAMLProviderArn}`,
  });
  assert.equal((await iam.getSAMLProvider({ SAMLProviderArn })).SAMLMetadataDocument, SAMLMetadataDocument);
});
