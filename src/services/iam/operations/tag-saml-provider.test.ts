import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate]);

test("TagSAMLProvider adds tags whose keys may differ in case only, and refuses a tag twice", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { SAMLProviderArn } = await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  const provider = { SAMLProviderArn };
  const tags = [
    { Key: "k", Value: "v" },
    { Key: "l", Value: "w" },
  ];
  await iam.tagSAMLProvider({ ...provider, Tags: tags });
  await iam.tagSAMLProvider({ ...provider, Tags: [{ Key: "K", Value: "other" }] });
  assert.deepEqual((await iam.listSAMLProviderTags(provider)).Tags, [...tags, { Key: "K", Value: "other" }]);
  const twice = [1, 2].map((value) => ({ Key: "k", Value: String(value) }));
  await assert.rejects(iam.tagSAMLProvider({ ...provider, Tags: twice }), {
    name: "InvalidInputException",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
  const message = `Manifest not found for arn ${arnOf("saml-provider/none")}`;
  await assert.rejects(iam.tagSAMLProvider({ ...{ SAMLProviderArn: arnOf("saml-provider/none") }, Tags: [] }), {
    name: "NoSuchEntityException",
    message,
  });
});
