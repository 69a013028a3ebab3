import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testAccount, testCall, testRegion } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import type { Access, Call, Principal } from "../../../model/call.ts";
import { explain, type Trace } from "../../../policy/index.ts";
import { document, openIam, principalOf, trust } from "../iam.fixture.ts";
import { authorizer } from "./authorizer.ts";

const clock = fakeClock();
const roleArn = `arn:aws:iam::${testAccount}:role/exec`;
const sessionArn = `arn:aws:sts::${testAccount}:assumed-role/exec/task`;
const parameter = `arn:aws:ssm:${testRegion}:${testAccount}:parameter/a`;
const allowRead = document({ Effect: "Allow", Action: "ssm:GetParameter", Resource: "*" });
const access: Access = { action: "ssm:GetParameter", resource: parameter };

function callOf(principal: Principal): Call {
  return { ...testCall(clock, principal), sourceIp: "::ffff:10.0.0.1", userAgent: "test/1" };
}

test("authorizer lets root through without a read, unless the resource is another's or has a policy", async () => {
  const fail = async () => assert.fail("the database was read");
  const authorize = authorizer({ store: { effectivePolicies: { find: fail }, policies: { document: fail } } });
  const call = callOf(rootPrincipal);
  assert.equal(await authorize(call, access), undefined);
  assert.match((await authorize(call, { ...access, resourceAccount: "999988887777" })) ?? "", /not authorized/);
  const deny = document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" });
  const resourcePolicy = { name: "secret policy", document: deny, rule: "either" } as const;
  assert.match(
    (await authorize(call, { ...access, resourcePolicy })) ?? "",
    /explicit deny in a resource-based policy/,
  );
  assert.deepEqual(
    call.decisions.map(({ effect, by, statement }) => [effect, by, statement?.policy]),
    [
      ["allow", "root", undefined],
      ["implicit-deny", "resource", undefined],
      ["explicit-deny", "resource", "secret policy"],
    ],
  );
  const { principal, action, resource } = call.decisions[0]!;
  assert.deepEqual([principal, action, resource], [rootPrincipal.arn, access.action, access.resource]);
});

test("authorizer: neither services nor providers' users are of an organization, though a resource of its account is", async () => {
  const none = async () => assert.fail("the database was read");
  const organization = {
    id: "o-a1b2c3d4e5",
    path: "o-a1b2c3d4e5/r-ab12/",
    has: async (id: string) => id === testAccount,
  };
  const authorize = authorizer({
    store: { effectivePolicies: { find: none }, policies: { document: none } },
    organization,
  });
  const nobody = { account: "", userId: "", accessKeyId: "" };
  const callers: readonly Principal[] = [
    { ...nobody, kind: "service", arn: "ecs-tasks.amazonaws.com" },
    { ...nobody, kind: "web-identity", arn: `arn:aws:iam::${testAccount}:oidc-provider/example.com` },
    rootPrincipal,
  ];
  for (const caller of callers) {
    const isMember = String(caller === rootPrincipal);
    for (const [resourceAccount, isThere] of [
      [testAccount, "true"],
      ["999988887777", "false"],
    ] as const) {
      const isAbsent = (value: string) => (value === "true" ? "false" : "true");
      const Condition = {
        Null: {
          "aws:PrincipalOrgID": isAbsent(isMember),
          "aws:PrincipalOrgPaths": isAbsent(isMember),
          "aws:ResourceOrgID": isAbsent(isThere),
          "aws:ResourceOrgPaths": isAbsent(isThere),
        },
      };
      const deny = document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*", Condition });
      const resourcePolicy = { name: "p", document: deny, rule: "either" } as const;
      const call = callOf(caller);
      await authorize(call, { ...access, resourceAccount, resourcePolicy });
      assert.equal(call.decisions[0]?.effect, "explicit-deny", `${caller.kind} ${resourceAccount}`);
    }
  }
});

async function openWithRole() {
  const context = await openIam();
  const { iam, store } = context;
  const { Role: role } = await iam.createRole({
    RoleName: "exec",
    AssumeRolePolicyDocument: trust(),
    Tags: [{ Key: "Team", Value: "a" }],
  });
  const session: Principal = {
    kind: "assumed-role",
    arn: sessionArn,
    account: testAccount,
    userId: `${role?.RoleId}:task`,
    accessKeyId: "ASIATEST",
    roleArn,
    sessionIssuedAt: clock.now(),
  };
  const user = principalOf((await iam.createUser({ UserName: "bob" })).User);
  return { ...context, session, user, authorize: authorizer({ store }) };
}

const denied = `User: ${sessionArn} is not authorized to perform: ssm:GetParameter on resource: ${parameter} because no identity-based policy allows the ssm:GetParameter action`;

test("authorizer sees a role's policies as they are at each request", async () => {
  await using context = await openWithRole();
  const { iam, session, authorize } = context;
  const call = callOf(session);
  assert.equal(await authorize(call, access), denied);
  await iam.putRolePolicy({ RoleName: "exec", PolicyName: "read", PolicyDocument: allowRead });
  assert.equal(await authorize(call, access), undefined);
  await iam.deleteRolePolicy({ RoleName: "exec", PolicyName: "read" });
  assert.equal(await authorize(call, access), denied);
  await iam.attachRolePolicy({ RoleName: "exec", PolicyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" });
  assert.equal(await authorize(call, access), undefined);
  await iam.detachRolePolicy({ RoleName: "exec", PolicyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" });
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: allowRead })).Policy?.Arn;
  await iam.attachRolePolicy({ RoleName: "exec", PolicyArn });
  assert.equal(await authorize(call, access), undefined);
  const deny = document({ Effect: "Deny", Action: "*", Resource: "*" });
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: deny, SetAsDefault: true });
  assert.match((await authorize(call, access)) ?? "", /with an explicit deny in an identity-based policy/);
});

test("authorizer narrows by boundary and session policies", async () => {
  await using context = await openWithRole();
  const { iam, session, authorize } = context;
  await iam.putRolePolicy({ RoleName: "exec", PolicyName: "read", PolicyDocument: allowRead });
  const allowOther = document({ Effect: "Allow", Action: "kms:*", Resource: "*" });
  const cases: [readonly string[], RegExp | undefined][] = [
    [[allowRead], undefined],
    [[allowOther], /no session policy allows/],
    [[allowOther, "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess"], undefined],
    [["arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser"], /no session policy allows/],
    [[`arn:aws:iam::${testAccount}:policy/gone`], /no session policy allows/],
  ];
  for (const [sessionPolicies, expected] of cases) {
    const denial = await authorize(callOf({ ...session, sessionPolicies }), access);
    if (expected) assert.match(denial ?? "", expected, sessionPolicies.join());
    else assert.equal(denial, undefined, sessionPolicies.join());
  }
  const boundary = "arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser";
  await iam.putRolePermissionsBoundary({ RoleName: "exec", PermissionsBoundary: boundary });
  assert.match((await authorize(callOf(session), access)) ?? "", /no permissions boundary allows/);
  const own = (await iam.createPolicy({ PolicyName: "Boundary", PolicyDocument: allowRead })).Policy?.Arn;
  await iam.putRolePermissionsBoundary({ RoleName: "exec", PermissionsBoundary: own });
  assert.equal(await authorize(callOf(session), access), undefined);
});

test("authorizer denies the sessions of a role that was deleted, even where one of its name was made anew", async () => {
  await using context = await openWithRole();
  const { iam, session, authorize } = context;
  const everyone = document({ Effect: "Allow", Principal: { AWS: roleArn }, Action: "*", Resource: "*" });
  const resourcePolicy = { name: "secret policy", document: everyone, rule: "either" } as const;
  assert.equal(await authorize(callOf(session), { ...access, resourcePolicy }), undefined);
  await iam.deleteRole({ RoleName: "exec" });
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.putRolePolicy({ RoleName: "exec", PolicyName: "read", PolicyDocument: allowRead });
  assert.equal(await authorize(callOf(session), { ...access, resourcePolicy }), denied);
});

test("authorizer gives a federated user what its user and its session's policies both allow", async () => {
  await using context = await openWithRole();
  const { iam, user, authorize } = context;
  const federated: Principal = {
    kind: "federated-user",
    arn: `arn:aws:sts::${testAccount}:federated-user/ann`,
    account: testAccount,
    userId: `${testAccount}:ann`,
    accessKeyId: "ASIATEST",
    federatingUser: { arn: user.arn, userId: user.userId },
  };
  const decide = (sessionPolicies: readonly string[], more: Partial<Access> = {}) =>
    authorize(callOf({ ...federated, sessionPolicies }), { ...access, ...more });
  assert.match((await decide([allowRead])) ?? "", /federated-user\/ann .*no identity-based policy allows/);
  await iam.putUserPolicy({ UserName: "bob", PolicyName: "read", PolicyDocument: allowRead });
  assert.equal(await decide([allowRead]), undefined);
  assert.match((await decide([])) ?? "", /no session policy allows/);
  const naming = (AWS: string) => ({
    resourcePolicy: {
      name: "secret policy",
      document: document({ Effect: "Allow", Principal: { AWS }, Action: "*", Resource: "*" }),
      rule: "either",
    } as const,
  });
  assert.equal(await decide([], naming(federated.arn)), undefined);
  assert.match((await decide([], naming(user.arn))) ?? "", /no session policy allows/);
  await iam.deleteUserPolicy({ UserName: "bob", PolicyName: "read" });
  await iam.deleteUser({ UserName: "bob" });
  assert.match((await decide([allowRead], naming(federated.arn))) ?? "", /no identity-based policy allows/);
});

test("authorizer keeps with each decision how it came about", async () => {
  await using context = await openWithRole();
  const { iam, session, authorize } = context;
  const call = callOf(session);
  await iam.putRolePolicy({ RoleName: "exec", PolicyName: "other", PolicyDocument: allowRead });
  const asked = { ...access, action: "ssm:PutParameter", conditions: { "aws:ResourceTag/env": "prod" } };
  await authorize(call, asked);
  await iam.deleteRolePolicy({ RoleName: "exec", PolicyName: "other" });
  await iam.deleteRole({ RoleName: "exec" });
  await authorize(call, access);
  const [denied, gone] = call.decisions.map(({ trace }) => trace?.() as Trace);
  const { context: known = {} } = denied!;
  assert.deepEqual(known["aws:ResourceTag/env"], ["prod"]);
  assert.deepEqual(known["aws:principalarn"], [roleArn]);
  assert.match(
    explain(denied!),
    /statement 1, Allow: does not apply\n.*Action: ssm:PutParameter is none of ssm:GetParameter/,
  );
  assert.match(explain(gone!), /the user or role no longer exists/);
  assert.doesNotMatch(JSON.stringify(call.decisions), /"trace"/);
});

test("authorizer fills in the condition keys", async (t) => {
  await using context = await openWithRole();
  const { iam, session, user, authorize } = context;
  const tagged = { ...session, tags: { Cost: "7" }, sourceIdentity: "ann" };
  const withConditions: Access = {
    ...access,
    conditions: { "kms:ViaService": "ssm", "aws:ResourceTag/Env": "prod" },
  };
  const cases: [Principal, string, string, string][] = [
    [user, "StringEquals", "aws:username", "bob"],
    [user, "StringEquals", "aws:userid", user.userId],
    [user, "StringEquals", "aws:PrincipalType", "User"],
    [user, "ArnEquals", "aws:PrincipalArn", user.arn],
    [user, "Null", "aws:TokenIssueTime", "true"],
    [session, "ArnEquals", "aws:PrincipalArn", roleArn],
    [session, "StringEquals", "aws:PrincipalAccount", testAccount],
    [session, "StringEquals", "aws:PrincipalType", "AssumedRole"],
    [session, "StringEquals", "aws:PrincipalTag/team", "a"],
    [tagged, "StringEquals", "aws:PrincipalTag/cost", "7"],
    [tagged, "StringEquals", "aws:SourceIdentity", "ann"],
    [session, "DateEquals", "aws:TokenIssueTime", "2026-01-02T03:04:05Z"],
    [session, "IpAddress", "aws:SourceIp", "10.0.0.0/24"],
    [session, "StringLike", "aws:UserAgent", "test/*"],
    [session, "Bool", "aws:SecureTransport", "false"],
    [session, "DateEquals", "aws:CurrentTime", "2026-01-02T03:04:05Z"],
    [session, "NumericEquals", "aws:EpochTime", String(Date.UTC(2026, 0, 2, 3, 4, 5) / 1000)],
    [session, "StringEquals", "aws:RequestedRegion", testRegion],
    [session, "StringEquals", "kms:viaservice", "ssm"],
    [session, "StringEquals", "aws:resourceTag/env", "prod"],
  ];
  for (const [principal, operator, key, value] of cases) {
    await t.test(`${principal.kind} ${key}`, async () => {
      const statement = { Effect: "Allow", Action: "ssm:GetParameter", Resource: "*" };
      for (const [wanted, allowed] of [
        [value, true],
        [other(operator, value), false],
      ] as const) {
        const PolicyDocument = document({ ...statement, Condition: { [operator]: { [key]: wanted } } });
        const policy = { PolicyName: "p", PolicyDocument };
        if (principal.kind === "user") await iam.putUserPolicy({ UserName: "bob", ...policy });
        else await iam.putRolePolicy({ RoleName: "exec", ...policy });
        assert.equal((await authorize(callOf(principal), withConditions)) === undefined, allowed, wanted);
      }
    });
  }
});

function other(operator: string, value: string): string {
  if (operator === "Bool" || operator === "Null") return String(value !== "true");
  if (operator === "IpAddress") return "10.0.1.0/24";
  if (operator === "ArnEquals") return `${value}x`;
  if (operator.startsWith("Date")) return "2026-01-02T03:04:06Z";
  return operator === "NumericEquals" ? "1" : "other";
}
