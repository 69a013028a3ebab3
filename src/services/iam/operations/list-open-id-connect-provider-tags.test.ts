import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

test("ListOpenIDConnectProviderTags shows the tags page by page, and refuses a provider that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { OpenIDConnectProviderArn } = await iam.createOpenIDConnectProvider({ Url: "https://idp.example" });
  const provider = { OpenIDConnectProviderArn };
  assert.deepEqual((await iam.listOpenIDConnectProviderTags(provider)).Tags, []);
  const Tags = ["b", "a"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagOpenIDConnectProvider({ ...provider, Tags });
  const first = await iam.listOpenIDConnectProviderTags({ ...provider, MaxItems: 1 });
  const second = await iam.listOpenIDConnectProviderTags({ ...provider, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([...(first.Tags ?? []), ...(second.Tags ?? [])], Tags);
  assert.deepEqual((await iam.getOpenIDConnectProvider(provider)).Tags, Tags);
  await assert.rejects(iam.listOpenIDConnectProviderTags({ OpenIDConnectProviderArn: arnOf("oidc-provider/none") }), {
    name: "NoSuchEntityException",
  });
});
