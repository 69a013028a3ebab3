import assert from "node:assert/strict";
import { test } from "node:test";
import {
  away,
  every,
  home,
  named,
  request,
  roleArn,
  root,
  secret,
  service,
  session,
  strangeRoot,
  stranger,
  user,
} from "./evaluate.fixtures.ts";
import { evaluate } from "./evaluate.ts";
import type { NamedPolicy, PolicyRequest, PolicySet, PrincipalIdentity } from "./policy.ts";

const allowing = (name: string, statement: object = {}) =>
  named(name, "identity", { Effect: "Allow", ...every, ...statement });
const denying = (name: string, statement: object = {}) =>
  named(name, "identity", { Effect: "Deny", ...every, ...statement });
const resourcePolicy = (effect: "Allow" | "Deny", Principal: unknown, statement: object = {}) =>
  named("resource", "resource", { Effect: effect, Principal, ...every, ...statement });

const other = { Action: "ssm:GetParameter" };
const none: PolicySet = { identity: [] };

/** The decision as one line: effect, kind of policy and statement. */
function decide(principal: PrincipalIdentity, policies: PolicySet, changes?: Partial<PolicyRequest>): string {
  const { effect, by, statement } = evaluate(request(principal, changes), policies);
  return [effect, by, ...(statement ? [`${statement.policy}#${statement.index}`] : [])].join(" ");
}

const allow = allowing("ok");
const own = { identity: [allow] };
const narrow = allowing("narrow", other);

type Case = readonly [name: string, principal: PrincipalIdentity, policies: PolicySet, expected: string];

const cases: readonly Case[] = [
  ["nothing for a user", user, none, "implicit-deny identity"],
  ["nothing for a role", session, none, "implicit-deny identity"],
  ["an identity policy for a user", user, own, "allow identity ok#0"],
  ["an identity policy for a role", session, own, "allow identity ok#0"],
  ["the second of two identity policies", user, { identity: [narrow, allow] }, "allow identity ok#0"],
  ["another action", user, { identity: [narrow] }, "implicit-deny identity"],
  ["another resource", user, { identity: [allowing("x", { Resource: `${secret}x` })] }, "implicit-deny identity"],
  [
    "the action in another case",
    user,
    { identity: [allowing("x", { Action: "SECRETSMANAGER:getSECRET*" })] },
    "allow identity x#0",
  ],
  [
    "NotAction of another action",
    user,
    { identity: [allowing("x", { Action: undefined, NotAction: "ssm:*" })] },
    "allow identity x#0",
  ],
  [
    "NotAction of this action",
    user,
    { identity: [allowing("x", { Action: undefined, NotAction: "secretsmanager:*" })] },
    "implicit-deny identity",
  ],
  [
    "NotResource of another resource",
    user,
    { identity: [allowing("x", { Resource: undefined, NotResource: "arn:aws:ssm:*" })] },
    "allow identity x#0",
  ],
  [
    "NotResource of this resource",
    user,
    { identity: [allowing("x", { Resource: undefined, NotResource: ["arn:aws:ssm:*", secret] })] },
    "implicit-deny identity",
  ],
  [
    "Allow NotResource of a variable without value",
    user,
    { identity: [allowing("x", { Resource: undefined, NotResource: "arn:aws:s3:::${a:b}" })] },
    "implicit-deny identity",
  ],
  [
    "Deny NotResource of a variable without value",
    user,
    { identity: [allow, denying("no", { Resource: undefined, NotResource: "arn:aws:s3:::${a:b}" })] },
    "explicit-deny identity no#0",
  ],

  ["a deny beside an allow", user, { identity: [allow, denying("no")] }, "explicit-deny identity no#0"],
  ["a deny of another action", user, { identity: [allow, denying("no", other)] }, "allow identity ok#0"],
  ["a deny in the boundary", user, { ...own, boundary: denying("no") }, "explicit-deny boundary no#0"],
  ["a deny in the session policy", session, { ...own, session: [allow, denying("no")] }, "explicit-deny session no#0"],
  [
    "a deny in the resource's policy",
    user,
    { ...own, resource: resourcePolicy("Deny", "*") },
    "explicit-deny resource resource#0",
  ],
  [
    "a deny of the role for its session",
    session,
    { ...own, resource: resourcePolicy("Deny", { AWS: roleArn }) },
    "explicit-deny resource resource#0",
  ],
  [
    "a deny of the session",
    session,
    { ...own, resource: resourcePolicy("Deny", { AWS: session.arn }) },
    "explicit-deny resource resource#0",
  ],
  [
    "a deny of the account",
    session,
    { ...own, resource: resourcePolicy("Deny", { AWS: home }) },
    "explicit-deny resource resource#0",
  ],
  [
    "a deny of somebody else",
    user,
    { ...own, resource: resourcePolicy("Deny", { AWS: stranger.arn }) },
    "allow identity ok#0",
  ],
  ["a deny for root", root, { ...none, resource: resourcePolicy("Deny", "*") }, "explicit-deny resource resource#0"],

  ["root in its account", root, none, "allow root"],
  [
    "root where only the resource's policy counts and says nothing",
    root,
    { ...none, resourceRule: "alone" },
    "implicit-deny resource",
  ],
  [
    "root named by a policy that counts alone",
    root,
    { ...none, resourceRule: "alone", resource: resourcePolicy("Allow", { AWS: root.arn }) },
    "allow resource resource#0",
  ],
  [
    "root by a policy that counts alone and names another user",
    root,
    { ...none, resourceRule: "alone", resource: resourcePolicy("Allow", { AWS: user.arn }) },
    "implicit-deny resource",
  ],
  ["root in another account", strangeRoot, none, "implicit-deny resource"],
  [
    "root in another account that names it",
    strangeRoot,
    { ...none, resource: resourcePolicy("Allow", { AWS: away }) },
    "allow resource resource#0",
  ],

  [
    "the resource's policy for a user",
    user,
    { ...none, resource: resourcePolicy("Allow", { AWS: user.arn }) },
    "allow resource resource#0",
  ],
  [
    "the resource's policy for everyone",
    user,
    { ...none, resource: resourcePolicy("Allow", "*") },
    "allow resource resource#0",
  ],
  [
    "the resource's policy for everyone of AWS",
    user,
    { ...none, resource: resourcePolicy("Allow", { AWS: "*" }) },
    "allow resource resource#0",
  ],
  [
    "the resource's policy for the role of a session",
    session,
    { ...none, resource: resourcePolicy("Allow", { AWS: roleArn }) },
    "allow resource resource#0",
  ],
  [
    "the resource's policy for another role",
    session,
    { ...none, resource: resourcePolicy("Allow", { AWS: `${roleArn}2` }) },
    "implicit-deny identity",
  ],
  [
    "the resource's policy for the role without its path",
    session,
    { ...none, resource: resourcePolicy("Allow", { AWS: `arn:aws:iam::${home}:role/task` }) },
    "implicit-deny identity",
  ],
  [
    "the resource's policy for another session",
    session,
    { ...none, resource: resourcePolicy("Allow", { AWS: `${session.arn}x` }) },
    "implicit-deny identity",
  ],
  [
    "the resource's policy for the account",
    user,
    { ...none, resource: resourcePolicy("Allow", { AWS: root.arn }) },
    "implicit-deny identity",
  ],
  [
    "the resource's policy for the account and the identity's",
    user,
    { ...own, resource: resourcePolicy("Allow", { AWS: home }) },
    "allow identity ok#0",
  ],
  [
    "the resource's policy for another account",
    user,
    { ...none, resource: resourcePolicy("Allow", { AWS: away }) },
    "implicit-deny identity",
  ],

  ["a policy that counts alone and is missing", user, { ...own, resourceRule: "alone" }, "implicit-deny resource"],
  [
    "a policy that counts alone and names another",
    user,
    { ...own, resourceRule: "alone", resource: resourcePolicy("Allow", { AWS: roleArn }) },
    "implicit-deny resource",
  ],
  [
    "a policy that counts alone and names the user",
    user,
    { ...none, resourceRule: "alone", resource: resourcePolicy("Allow", { AWS: user.arn }) },
    "allow resource resource#0",
  ],
  [
    "a policy that counts alone and names the role",
    session,
    { ...none, resourceRule: "alone", resource: resourcePolicy("Allow", { AWS: roleArn }) },
    "allow resource resource#0",
  ],
  [
    "a policy that counts alone and hands on to the account",
    user,
    { ...own, resourceRule: "alone", resource: resourcePolicy("Allow", { AWS: root.arn }) },
    "allow identity ok#0",
  ],
  [
    "a policy that counts alone and hands on in vain",
    user,
    { ...none, resourceRule: "alone", resource: resourcePolicy("Allow", { AWS: root.arn }) },
    "implicit-deny identity",
  ],

  ["a stranger with an identity policy only", stranger, own, "implicit-deny resource"],
  [
    "a stranger with the resource's policy only",
    stranger,
    { ...none, resource: resourcePolicy("Allow", { AWS: stranger.arn }) },
    "implicit-deny identity",
  ],
  [
    "a stranger with both",
    stranger,
    { ...own, resource: resourcePolicy("Allow", { AWS: stranger.arn }) },
    "allow identity ok#0",
  ],
  [
    "a stranger with both, by account",
    stranger,
    { ...own, resource: resourcePolicy("Allow", { AWS: away }) },
    "allow identity ok#0",
  ],
  [
    "a stranger limited by a boundary",
    stranger,
    { ...own, boundary: narrow, resource: resourcePolicy("Allow", { AWS: stranger.arn }) },
    "implicit-deny boundary",
  ],

  ["a boundary that allows as well", user, { ...own, boundary: allow }, "allow identity ok#0"],
  ["a boundary that does not allow", user, { ...own, boundary: narrow }, "implicit-deny boundary"],
  ["a boundary alone", user, { ...none, boundary: allow }, "implicit-deny identity"],
  ["a session policy that allows as well", session, { ...own, session: [allow] }, "allow identity ok#0"],
  ["a session policy that does not allow", session, { ...own, session: [narrow] }, "implicit-deny session"],
  ["one of two session policies", session, { ...own, session: [narrow, allow] }, "allow identity ok#0"],
  ["no session policies in a list", session, { ...own, session: [] }, "allow identity ok#0"],
  ["a session policy alone", session, { ...none, session: [allow] }, "implicit-deny identity"],
  [
    "boundary and session policy that both do not allow",
    session,
    { ...own, boundary: narrow, session: [narrow] },
    "implicit-deny boundary",
  ],

  [
    "the role named, with a boundary that does not allow",
    session,
    { ...none, boundary: narrow, resource: resourcePolicy("Allow", { AWS: roleArn }) },
    "implicit-deny boundary",
  ],
  [
    "the role named, with a session policy that does not allow",
    session,
    { ...none, session: [narrow], resource: resourcePolicy("Allow", { AWS: roleArn }) },
    "implicit-deny session",
  ],
  [
    "the session named, with boundary and session policy that do not allow",
    session,
    { ...none, boundary: narrow, session: [narrow], resource: resourcePolicy("Allow", { AWS: session.arn }) },
    "allow resource resource#0",
  ],
  [
    "the session named, with a session policy that denies",
    session,
    { ...none, session: [denying("no")], resource: resourcePolicy("Allow", { AWS: session.arn }) },
    "explicit-deny session no#0",
  ],
  [
    "the user named, with a boundary that does not allow",
    user,
    { ...none, boundary: narrow, resource: resourcePolicy("Allow", { AWS: user.arn }) },
    "allow resource resource#0",
  ],
  [
    "the user named, with a session policy that does not allow",
    user,
    { ...none, session: [narrow], resource: resourcePolicy("Allow", { AWS: user.arn }) },
    "implicit-deny session",
  ],
  [
    "everyone named, with a boundary that does not allow",
    user,
    { ...none, boundary: narrow, resource: resourcePolicy("Allow", "*") },
    "implicit-deny boundary",
  ],

  ["a service without a policy of the resource", service, own, "implicit-deny resource"],
  [
    "a service that is named",
    service,
    { ...none, resource: resourcePolicy("Allow", { Service: "ecs-tasks.amazonaws.com" }) },
    "allow resource resource#0",
  ],
  [
    "a service whose name is like the one named",
    service,
    { ...none, resource: resourcePolicy("Allow", { Service: "ecs.amazonaws.com" }) },
    "implicit-deny resource",
  ],
  [
    "a service where all of AWS is named",
    service,
    { ...none, resource: resourcePolicy("Allow", { AWS: "*" }) },
    "implicit-deny resource",
  ],
  [
    "a service in the account that is named",
    service,
    { ...none, resource: resourcePolicy("Allow", { AWS: home }) },
    "implicit-deny resource",
  ],
  [
    "a service that is denied with everyone",
    service,
    { ...none, resource: resourcePolicy("Deny", "*") },
    "explicit-deny resource resource#0",
  ],
  [
    "a service beside a denying identity policy",
    service,
    { identity: [denying("no")], resource: resourcePolicy("Allow", { Service: service.arn }) },
    "allow resource resource#0",
  ],
];

for (const [name, principal, policies, expected] of cases) {
  test(`evaluate decides ${name}`, () => {
    assert.equal(decide(principal, policies), expected);
  });
}

function sparing(...names: readonly string[]): NamedPolicy {
  return named("spare", "resource", { Effect: "Deny", NotPrincipal: { AWS: names }, ...every });
}

const spared: readonly (readonly [principal: PrincipalIdentity, policies: PolicySet, expected: string])[] = [
  [user, { ...own, resource: sparing(user.arn, home) }, "allow identity ok#0"],
  [user, { ...own, resource: sparing(user.arn, root.arn) }, "allow identity ok#0"],
  [user, { ...own, resource: sparing(user.arn) }, "explicit-deny resource spare#0"],
  [user, { ...own, resource: sparing(home) }, "explicit-deny resource spare#0"],
  [user, { ...own, resource: sparing(home, stranger.arn) }, "explicit-deny resource spare#0"],
  [user, { ...own, resource: sparing("*") }, "allow identity ok#0"],
  [user, { ...own, boundary: allow, resource: sparing(user.arn, home) }, "explicit-deny resource spare#0"],
  [session, { ...own, resource: sparing(roleArn, home) }, "allow identity ok#0"],
  [session, { ...own, resource: sparing(session.arn, home) }, "explicit-deny resource spare#0"],
  [root, { ...none, resource: sparing(home) }, "allow root"],
  [service, { ...none, resource: sparing(home) }, "explicit-deny resource spare#0"],
];

test("evaluate spares those whom NotPrincipal names with their account", () => {
  for (const [index, [principal, policies, expected]] of spared.entries()) {
    assert.equal(decide(principal, policies), expected, `case ${index}`);
  }
});

test("evaluate names the statement by index and Sid", () => {
  const policy = named(
    "p",
    "identity",
    { ...every, ...other, Effect: "Allow" },
    { ...every, Sid: "Second", Effect: "Allow" },
  );
  assert.deepEqual(evaluate(request(user), { identity: [policy] }), {
    effect: "allow",
    by: "identity",
    statement: { policy: "p", index: 1, sid: "Second" },
  });
});

test("evaluate takes the resource policy's statement that reaches farthest", () => {
  const policy = named(
    "resource",
    "resource",
    { Effect: "Allow", Principal: { AWS: home }, ...every },
    { Effect: "Allow", Principal: { AWS: roleArn }, ...every },
    { Effect: "Allow", Principal: { AWS: session.arn }, ...every },
  );
  assert.equal(decide(session, { ...none, session: [narrow], resource: policy }), "allow resource resource#2");
});

test("evaluate lets a service assume the role whose trust policy names it", () => {
  const trust = named("trust", "trust", {
    Effect: "Allow",
    Principal: { Service: service.arn },
    Action: "sts:AssumeRole",
  });
  const assume = { action: "sts:AssumeRole", resource: roleArn };
  const policies: PolicySet = { ...none, resource: trust, resourceRule: "alone" };
  assert.equal(decide(service, policies, assume), "allow resource trust#0");
  assert.equal(decide({ ...service, arn: "ecs.amazonaws.com" }, policies, assume), "implicit-deny resource");
  assert.equal(decide(user, { ...policies, ...own }, assume), "implicit-deny resource");
});

test("evaluate needs every condition of a statement", () => {
  const policy = allowing("x", {
    Condition: {
      StringEquals: { "kms:ViaService": "ssm.eu-west-1.amazonaws.com", "kms:EncryptionContext:PARAMETER_ARN": secret },
      IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
    },
  });
  const context = {
    "kms:viaservice": "ssm.eu-west-1.amazonaws.com",
    "kms:encryptioncontext:parameter_arn": secret,
    "aws:sourceip": "10.1.2.3",
  };
  assert.equal(decide(user, { identity: [policy] }, { context }), "allow identity x#0");
  for (const key of Object.keys(context)) {
    const changed = { ...context, [key]: "other" };
    assert.equal(decide(user, { identity: [policy] }, { context: changed }), "implicit-deny identity", key);
  }
});

test("evaluate resolves variables of a resource", () => {
  const policy = allowing("x", { Resource: "arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/Team}/*" });
  const read = (resource: string, team?: string) =>
    decide(
      user,
      { identity: [policy] },
      { resource, context: team === undefined ? {} : { "aws:principaltag/team": team } },
    );
  const parameter = `arn:aws:ssm:eu-west-1:${home}:parameter/red/key`;
  assert.equal(read(parameter, "red"), "allow identity x#0");
  assert.equal(read(parameter, "blue"), "implicit-deny identity");
  assert.equal(read(parameter, "*"), "implicit-deny identity");
  assert.equal(read(parameter), "implicit-deny identity");
});

test("evaluate does not mistake properties of objects for context keys", () => {
  const condition = JSON.parse('{"Null":{"__proto__":"false","constructor":"false"}}');
  assert.equal(decide(user, { identity: [allowing("x", { Condition: condition })] }), "implicit-deny identity");
});
