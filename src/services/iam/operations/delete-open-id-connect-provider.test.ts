import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");

test("DeleteOpenIDConnectProvider deletes a provider, takes one that is gone, and refuses what is no provider's ARN", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createOpenIDConnectProvider({ Url });
  await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
  await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
  await assert.rejects(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }), {
    name: "NoSuchEntityException",
    message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  });
  await assert.rejects(iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: arnOf("role/a-role-of-mine") }), {
    name: "InvalidInputException",
    message: `ARN ${arnOf("role/a-role-of-mine")} is not valid.`,
  });
});
