import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

test("UntagOpenIDConnectProvider removes tags by their keys in the same case, and refuses a provider that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { OpenIDConnectProviderArn } = await iam.createOpenIDConnectProvider({ Url: "https://idp.example" });
  const provider = { OpenIDConnectProviderArn };
  const Tags = ["k", "l", "K"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagOpenIDConnectProvider({ ...provider, Tags });
  await iam.untagOpenIDConnectProvider({ ...provider, TagKeys: ["k", "L"] });
  assert.deepEqual((await iam.listOpenIDConnectProviderTags(provider)).Tags, Tags.slice(1));
  await iam.untagOpenIDConnectProvider({ ...provider, TagKeys: ["K"] });
  assert.deepEqual((await iam.listOpenIDConnectProviderTags(provider)).Tags, Tags.slice(1, 2));
  await assert.rejects(
    iam.untagOpenIDConnectProvider({ ...{ OpenIDConnectProviderArn: arnOf("oidc-provider/none") }, TagKeys: ["k"] }),
    { name: "NoSuchEntityException" },
  );
});
