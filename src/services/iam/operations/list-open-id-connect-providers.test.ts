import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { arnOf, openIam, principalOf } from "../iam.fixture.ts";

const Url = "https://token.actions.githubusercontent.com";
const OpenIDConnectProviderArn = arnOf("oidc-provider/token.actions.githubusercontent.com");

test("ListOpenIDConnectProviders shows the account's providers", async () => {
  await using context = await openIam();
  const { iam, caller } = context;
  await iam.createOpenIDConnectProvider({ Url });
  assert.deepEqual((await iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList, [
    { Arn: OpenIDConnectProviderArn },
  ]);
  caller.principal = { ...rootPrincipal, account: "222222222222" };
  assert.deepEqual((await iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList, []);
});

test("ListOpenIDConnectProviders is refused to callers without permission", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  caller.principal = principalOf((await iam.createUser({ UserName: "bob" })).User);
  await assert.rejects(iam.listOpenIDConnectProviders({}), { name: "AccessDenied" });
});
