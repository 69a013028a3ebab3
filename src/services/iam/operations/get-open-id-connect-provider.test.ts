import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");

test("GetOpenIDConnectProvider shows a provider, and refuses one that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const ThumbprintList = ["a".repeat(40)];
  const Tags = [
    { Key: "a", Value: "b" },
    { Key: "A", Value: "c" },
  ];
  await assert.rejects(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }), {
    name: "NoSuchEntityException",
    message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
  });
  await iam.createOpenIDConnectProvider({ Url, ClientIDList: ["two", "two"], ThumbprintList, Tags });
  const { $metadata: _, ...shown } = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn });
  assert.deepEqual(shown, {
    Url: "token.actions.githubusercontent.com",
    ClientIDList: ["two"],
    ThumbprintList,
    CreateDate: new Date("2026-01-02T03:04:05.000Z"),
    Tags,
  });
});

test("GetOpenIDConnectProvider refuses ARNs that the account cannot have", async () => {
  await using context = await openIam();
  for (const wrong of ["arn:aws:iam::999999999999:oidc-provider/a", "not an ARN, but long enough"]) {
    await assert.rejects(context.iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: wrong }), {
      name: "InvalidInputException",
      message: `ARN ${wrong} is not valid.`,
    });
  }
});
