import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");

test("RemoveClientIDFromOpenIDConnectProvider removes a client, which need not be there", async () => {
  await using context = await openIam();
  const { iam } = context;
  const client = { OpenIDConnectProviderArn, ClientID: "one" };
  await assert.rejects(iam.removeClientIDFromOpenIDConnectProvider(client), {
    name: "NoSuchEntityException",
    message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  });
  await iam.createOpenIDConnectProvider({ Url, ClientIDList: ["one", "two"] });
  for (let time = 0; time < 2; time++) await iam.removeClientIDFromOpenIDConnectProvider(client);
  assert.deepEqual((await iam.getOpenIDConnectProvider(client)).ClientIDList, ["two"]);
});
