import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate]);

test("UntagSAMLProvider removes tags by their keys in the same case, and refuses a provider that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { SAMLProviderArn } = await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  const provider = { SAMLProviderArn };
  const Tags = ["k", "l", "K"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagSAMLProvider({ ...provider, Tags });
  await iam.untagSAMLProvider({ ...provider, TagKeys: ["k", "L"] });
  assert.deepEqual((await iam.listSAMLProviderTags(provider)).Tags, Tags.slice(1));
  await iam.untagSAMLProvider({ ...provider, TagKeys: ["K"] });
  assert.deepEqual((await iam.listSAMLProviderTags(provider)).Tags, Tags.slice(1, 2));
  await assert.rejects(iam.untagSAMLProvider({ ...{ SAMLProviderArn: arnOf("saml-provider/none") }, TagKeys: ["k"] }), {
    name: "NoSuchEntityException",
  });
});
