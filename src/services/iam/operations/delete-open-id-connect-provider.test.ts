import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");

test("DeleteOpenIDConnectProvider deletes a provider once", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createOpenIDConnectProvider({ Url });
  await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
  await assert.rejects(iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn }), {
    name: "NoSuchEntityException",
    message: `OpenId connect Provider ${OpenIDConnectProviderArn} cannot be found.`,
  });
  await assert.rejects(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }), {
    name: "NoSuchEntityException",
    message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  });
});
