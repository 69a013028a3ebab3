import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");

test("UpdateOpenIDConnectProviderThumbprint replaces the thumbprints, and refuses other text", async () => {
  await using context = await openIam();
  const { iam } = context;
  const ThumbprintList = ["a".repeat(40)];
  await assert.rejects(iam.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList }), {
    name: "NoSuchEntityException",
    message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  });
  await iam.createOpenIDConnectProvider({ Url, ThumbprintList: ["b".repeat(40)] });
  await iam.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList });
  assert.deepEqual((await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn })).ThumbprintList, ThumbprintList);
  const wrong = { OpenIDConnectProviderArn, ThumbprintList: ["z".repeat(40)] };
  await assert.rejects(iam.updateOpenIDConnectProviderThumbprint(wrong), { name: "InvalidInputException" });
});
