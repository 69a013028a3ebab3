import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam, principalOf } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate], { attributes: 'validUntil="2030-01-01T00:00:00Z"' });

test("ListSAMLProviders shows the account's providers", async () => {
  await using context = await openIam();
  const { iam, caller } = context;
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  assert.deepEqual((await iam.listSAMLProviders({})).SAMLProviderList, [
    {
      Arn: SAMLProviderArn,
      ValidUntil: new Date("2030-01-01T00:00:00.000Z"),
      CreateDate: new Date("2026-01-02T03:04:05.000Z"),
    },
  ]);
  caller.principal = { ...rootPrincipal, account: "222222222222" };
  assert.deepEqual((await iam.listSAMLProviders({})).SAMLProviderList, []);
});

test("ListSAMLProviders is refused to callers without permission", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  caller.principal = principalOf((await iam.createUser({ UserName: "bob" })).User);
  await assert.rejects(iam.listSAMLProviders({}), { name: "AccessDenied" });
});
