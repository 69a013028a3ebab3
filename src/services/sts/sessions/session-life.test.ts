import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { iamArn, openSts, trusting } from "../sts.fixture.ts";

const RoleArn = iamArn("role/r");
const trust = trusting({ AWS: iamArn("root") }, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]);
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

for (const kind of databases()) {
  async function setUp() {
    const context = await openSts(kind);
    const { root } = context;
    const ann = await context.user("ann");
    await root.iam.attachUserPolicy({ UserName: "ann", PolicyArn: administrator });
    await context.role("r", [trust], { MaxSessionDuration: 7200 });
    await root.iam.attachRolePolicy({ RoleName: "r", PolicyArn: administrator });
    await root.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    const assume = async (input: object = {}, by: Pick<typeof ann, "sts"> = ann) =>
      context.as(credentialsIn(await by.sts.assumeRole({ RoleArn, RoleSessionName: "session", ...input })));
    const remove = async () => {
      await root.iam.deleteAccessKey({ UserName: "ann", AccessKeyId: ann.credentials.accessKeyId });
      await root.iam.detachUserPolicy({ UserName: "ann", PolicyArn: administrator });
      await root.iam.deleteUser({ UserName: "ann" });
    };
    return { context, root, ann, assume, remove };
  }
  const denied = { name: "AccessDeniedException" };
  const read = { Name: "p" };

  test(`a policy as AWSRevokeOlderSessions ends a role's sessions of before, and no later ones (${kind.name})`, async () => {
    const { context, root, assume } = await setUp();
    await using _ = context;
    const before = await assume();
    await before.ssm.getParameter(read);
    context.clock.advance(1_000);
    const revocation = context.clock.now().toISOString();
    const Condition = { DateLessThan: { "aws:TokenIssueTime": revocation } };
    const PolicyDocument = policy({ Effect: "Deny", Action: ["*"], Resource: ["*"], Condition });
    await root.iam.putRolePolicy({ RoleName: "r", PolicyName: "AWSRevokeOlderSessions", PolicyDocument });
    await assert.rejects(before.ssm.getParameter(read), {
      ...denied,
      message: `User: arn:aws:sts::${testAccount}:assumed-role/r/session is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:${testAccount}:parameter/p with an explicit deny in an identity-based policy`,
    });
    await assert.rejects(before.sts.assumeRole({ RoleArn, RoleSessionName: "next" }), { name: "AccessDenied" });
    context.clock.advance(1_000);
    await (await assume()).ssm.getParameter(read);
  });

  test(`such a policy at a user ends its GetSessionToken sessions and spares its access key (${kind.name})`, async () => {
    const { context, root, ann } = await setUp();
    await using _ = context;
    const session = context.as(credentialsIn(await ann.sts.getSessionToken({})));
    await session.ssm.getParameter(read);
    context.clock.advance(1_000);
    const Condition = { DateLessThan: { "aws:TokenIssueTime": context.clock.now().toISOString() } };
    const PolicyDocument = policy({ Effect: "Deny", Action: "*", Resource: "*", Condition });
    await root.iam.putUserPolicy({ UserName: "ann", PolicyName: "revoke", PolicyDocument });
    await assert.rejects(session.ssm.getParameter(read), denied);
    await ann.ssm.getParameter(read);
  });

  test(`a role's sessions end with the role, also where one of its name is made anew (${kind.name})`, async () => {
    const { context, root, assume } = await setUp();
    await using _ = context;
    const session = await assume();
    await root.iam.detachRolePolicy({ RoleName: "r", PolicyArn: administrator });
    await root.iam.deleteRole({ RoleName: "r" });
    for (const madeAnew of [false, true]) {
      if (madeAnew) {
        await root.iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: policy(trust) });
        await root.iam.attachRolePolicy({ RoleName: "r", PolicyArn: administrator });
      }
      await assert.rejects(session.ssm.getParameter(read), denied);
      await assert.rejects(session.sts.getCallerIdentity({}), {
        name: "InvalidClientTokenId",
        message: "The security token included in the request is invalid.",
      });
    }
  });

  test(`a user's sessions end with the user, a role's that the user assumed do not (${kind.name})`, async () => {
    const { context, ann, assume, remove } = await setUp();
    await using _ = context;
    const own = context.as(credentialsIn(await ann.sts.getSessionToken({})));
    const ofRole = await assume();
    await remove();
    await assert.rejects(own.ssm.getParameter(read), denied);
    await assert.rejects(own.sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    await assert.rejects(ann.sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    await ofRole.ssm.getParameter(read);
  });

  test(`a session ends on time (${kind.name})`, async () => {
    const { context, assume } = await setUp();
    await using _ = context;
    const session = await assume({ DurationSeconds: 900 });
    // The client signs by the time of day, which a request of STS may be 15 minutes away from.
    context.clock.advance(890_000);
    await session.sts.getCallerIdentity({});
    context.clock.advance(10_000);
    await assert.rejects(session.sts.getCallerIdentity({}), { name: "ExpiredToken" });
  });

  test(`sessions of users are good for some of STS's operations only, and for nothing of IAM's (${kind.name})`, async (t) => {
    const { context, root, ann } = await setUp();
    await using _ = context;
    const assumption = { RoleArn, RoleSessionName: "session" };
    const Policy = policy(allow(["*"]));
    const sessions = {
      user: context.as(credentialsIn(await ann.sts.getSessionToken({}))),
      root: context.as(credentialsIn(await root.sts.getSessionToken({}))),
      federated: context.as(credentialsIn(await ann.sts.getFederationToken({ Name: "bob", Policy }))),
      role: context.as(credentialsIn(await ann.sts.assumeRole(assumption))),
    };
    const denied = { name: "AccessDenied" };
    for (const [who, { sts, iam, ssm }] of Object.entries(sessions)) {
      await t.test(who, async () => {
        await sts.getCallerIdentity({});
        assert.equal((await ssm.getParameter({ Name: "p" })).Parameter?.Value, "v");
        for (const [name, call] of [
          ["GetFederationToken", () => sts.getFederationToken({ Name: "bob" })],
          ["GetSessionToken", () => sts.getSessionToken({})],
        ] as const) {
          await assert.rejects(call(), { ...denied, message: `Cannot call ${name} with session credentials` });
        }
        const info = () => sts.getAccessKeyInfo({ AccessKeyId: context.rootCredentials.accessKeyId });
        if (who === "role") await assert.rejects(info(), { name: "ValidationError" });
        else await assert.rejects(info(), { ...denied, message: /^Cannot call GetAccessKeyInfo/ });
        const decode = () => sts.decodeAuthorizationMessage({ EncodedMessage: "x" });
        if (who === "role") await assert.rejects(decode(), { name: "InvalidAuthorizationMessageException" });
        else await assert.rejects(decode(), { ...denied, message: /^Cannot call DecodeAuthorizationMessage/ });
        if (who === "user" || who === "role") await sts.assumeRole(assumption);
        else await assert.rejects(sts.assumeRole(assumption), denied);
        if (who === "role") await iam.listUsers({});
        else await assert.rejects(iam.listUsers({}), { name: "InvalidClientTokenId" });
      });
    }
  });
}
