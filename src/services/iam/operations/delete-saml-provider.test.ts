import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate], { attributes: 'validUntil="2030-01-01T00:00:00Z"' });

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
