import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { iamArn, openSts, stsArn, trusting } from "../sts.fixture.ts";

test("GetCallerIdentity names every kind of caller, and needs no permission", async () => {
  await using context = await openSts();
  const { root } = context;
  const bob = await context.user("bob", { statements: [{ Effect: "Deny", Action: "*", Resource: "*" }] });
  const ann = await context.user("ann", {
    statements: [{ Effect: "Allow", Action: "sts:GetFederationToken", Resource: "*" }],
  });
  const role = await context.role("r", [trusting({ AWS: ann.arn })]);
  const assumed = await ann.sts.assumeRole({ RoleArn: role.arn, RoleSessionName: "session" });
  const federated = await ann.sts.getFederationToken({ Name: "guest" });
  const cases = [
    [root, testAccount, iamArn("root")],
    [bob, bob.id, iamArn("user/bob")],
    [context.as(credentialsIn(await bob.sts.getSessionToken({}))), bob.id, iamArn("user/bob")],
    [context.as(credentialsIn(assumed)), `${role.id}:session`, stsArn("assumed-role/r/session")],
    [context.as(credentialsIn(federated)), `${testAccount}:guest`, stsArn("federated-user/guest")],
  ] as const;
  for (const [{ sts }, UserId, Arn] of cases) {
    const { $metadata: _, ...identity } = await sts.getCallerIdentity({});
    assert.deepEqual(identity, { UserId, Account: testAccount, Arn });
  }
});

test("GetCallerIdentity refuses the session of a role that was deleted", async () => {
  await using context = await openSts();
  const bob = await context.user("bob");
  const role = await context.role("r", [trusting({ AWS: bob.arn })]);
  const { sts } = context.as(
    credentialsIn(await bob.sts.assumeRole({ RoleArn: role.arn, RoleSessionName: "session" })),
  );
  await sts.getCallerIdentity({});
  await context.root.iam.deleteRole({ RoleName: "r" });
  await assert.rejects(sts.getCallerIdentity({}), {
    name: "InvalidClientTokenId",
    message: "The security token included in the request is invalid.",
  });
});
