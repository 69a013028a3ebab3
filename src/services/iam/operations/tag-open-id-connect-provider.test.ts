import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

test("TagOpenIDConnectProvider adds tags whose keys may differ in case only, and refuses a tag twice", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { OpenIDConnectProviderArn } = await iam.createOpenIDConnectProvider({ Url: "https://idp.example" });
  const provider = { OpenIDConnectProviderArn };
  const tags = [
    { Key: "k", Value: "v" },
    { Key: "l", Value: "w" },
  ];
  await iam.tagOpenIDConnectProvider({ ...provider, Tags: tags });
  await iam.tagOpenIDConnectProvider({ ...provider, Tags: [{ Key: "K", Value: "other" }] });
  assert.deepEqual((await iam.listOpenIDConnectProviderTags(provider)).Tags, [...tags, { Key: "K", Value: "other" }]);
  const twice = [1, 2].map((value) => ({ Key: "k", Value: String(value) }));
  await assert.rejects(iam.tagOpenIDConnectProvider({ ...provider, Tags: twice }), {
    name: "InvalidInputException",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
  const message = `OpenIDConnect Provider not found for arn ${arnOf("oidc-provider/none")}`;
  await assert.rejects(
    iam.tagOpenIDConnectProvider({ ...{ OpenIDConnectProviderArn: arnOf("oidc-provider/none") }, Tags: [] }),
    { name: "NoSuchEntityException", message },
  );
});
