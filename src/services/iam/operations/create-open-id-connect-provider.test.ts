import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");
const thumbprint = "6938fd4d98bab03faadb97b34396831e3780aea1";

test("CreateOpenIDConnectProvider makes a provider once, which is found by its issuer", async () => {
  await using context = await openIam();
  const { iam, store } = context;
  const created = await iam.createOpenIDConnectProvider({
    Url,
    ClientIDList: ["sts.amazonaws.com"],
    ThumbprintList: [thumbprint],
    Tags: [{ Key: "a", Value: "b" }],
  });
  assert.equal(created.OpenIDConnectProviderArn, OpenIDConnectProviderArn);
  assert.deepEqual(created.Tags, [{ Key: "a", Value: "b" }]);
  await assert.rejects(iam.createOpenIDConnectProvider({ Url }), {
    name: "EntityAlreadyExistsException",
    message: `Provider with url ${Url} already exists.`,
  });
  for (const issuer of [Url, "token.actions.githubusercontent.com"]) {
    assert.deepEqual((await store.providers.oidc.find(testAccount, issuer))?.clientIds, ["sts.amazonaws.com"]);
  }
  assert.equal(await store.providers.oidc.find("222222222222", Url), undefined);
});

test("CreateOpenIDConnectProvider refuses what is no issuer, thumbprint or client", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const wrong of ["http://a.example", "a.example", "https://", "https://a.example:8443", "https://a.example?b"]) {
    await assert.rejects(iam.createOpenIDConnectProvider({ Url: wrong }), {
      name: "ValidationError",
      message: "Invalid Open ID Connect Provider URL",
    });
  }
  await assert.rejects(iam.createOpenIDConnectProvider({ Url, ThumbprintList: Array(6).fill(thumbprint) }), {
    name: "InvalidInputException",
    message: "Thumbprint list must contain fewer than 5 entries.",
  });
  await assert.rejects(iam.createOpenIDConnectProvider({ Url, ThumbprintList: ["z".repeat(40)] }), {
    name: "InvalidInputException",
  });
  const ClientIDList = Array.from({ length: 101 }, (_, index) => `c${index}`);
  await assert.rejects(iam.createOpenIDConnectProvider({ Url, ClientIDList }), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
  });
});
