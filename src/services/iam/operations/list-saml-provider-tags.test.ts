import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate]);

test("ListSAMLProviderTags shows the tags page by page, and refuses a provider that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { SAMLProviderArn } = await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  const provider = { SAMLProviderArn };
  assert.deepEqual((await iam.listSAMLProviderTags(provider)).Tags, []);
  const Tags = ["b", "a"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagSAMLProvider({ ...provider, Tags });
  const first = await iam.listSAMLProviderTags({ ...provider, MaxItems: 1 });
  const second = await iam.listSAMLProviderTags({ ...provider, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([...(first.Tags ?? []), ...(second.Tags ?? [])], Tags);
  assert.deepEqual((await iam.getSAMLProvider(provider)).Tags, Tags);
  await assert.rejects(iam.listSAMLProviderTags({ SAMLProviderArn: arnOf("saml-provider/none") }), {
    name: "NoSuchEntityException",
  });
});
