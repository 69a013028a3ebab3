import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, concurrent, openIam } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");
const provider = { OpenIDConnectProviderArn };

test("AddClientIDToOpenIDConnectProvider adds a client once, up to a hundred", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createOpenIDConnectProvider({ Url, ClientIDList: ["one"] });
  for (let time = 0; time < 2; time++) {
    await iam.addClientIDToOpenIDConnectProvider({ ...provider, ClientID: "two" });
  }
  assert.deepEqual((await iam.getOpenIDConnectProvider(provider)).ClientIDList, ["one", "two"]);
  for (let number = 2; number < 100; number++) {
    await iam.addClientIDToOpenIDConnectProvider({ ...provider, ClientID: `c${number}` });
  }
  await assert.rejects(iam.addClientIDToOpenIDConnectProvider({ ...provider, ClientID: "more" }), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
  });
});

test("AddClientIDToOpenIDConnectProvider refuses a provider that does not exist, or whose tags changed", async () => {
  await using context = await openIam();
  const { iam } = context;
  await assert.rejects(iam.addClientIDToOpenIDConnectProvider({ ...provider, ClientID: "one" }), {
    name: "NoSuchEntityException",
    message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  });
  await iam.createOpenIDConnectProvider({ Url });
  context.meanwhile(() => iam.tagOpenIDConnectProvider({ ...provider, Tags: [{ Key: "stage", Value: "b" }] }));
  await assert.rejects(iam.addClientIDToOpenIDConnectProvider({ ...provider, ClientID: "one" }), concurrent);
  assert.deepEqual((await iam.getOpenIDConnectProvider(provider)).ClientIDList, []);
});
