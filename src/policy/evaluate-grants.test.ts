import assert from "node:assert/strict";
import { test } from "node:test";
import { away, every, home, named, request, root, service, session, stranger, user } from "./evaluate.fixtures.ts";
import { evaluate } from "./evaluate.ts";
import type { PolicySet, PrincipalIdentity } from "./policy.ts";

const keyPolicy = (...statements: object[]) => named("default", "resource", ...statements);
const otherwise = keyPolicy({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${home}:user/other` }, ...every });
const grantTo = (AWS: string, more: object = {}) =>
  named("g", "resource", { Effect: "Allow", Principal: { AWS }, ...every, ...more });
const allowAll = named("all", "identity", { Effect: "Allow", ...every });
const denyAll = named("none", "identity", { Effect: "Deny", ...every });
const other = named("other", "identity", { Effect: "Allow", Action: "s3:*", Resource: "*" });

/** The caller, the rules beside a key policy that does not allow the access, and what decides. */
const cases: [string, PrincipalIdentity, Partial<PolicySet>, string][] = [
  ["a grant to the user", user, { grants: [grantTo(user.arn)] }, "allow grant"],
  ["a grant to another", user, { grants: [grantTo(stranger.arn)] }, "implicit-deny resource"],
  ["a grant of another operation", user, { grants: [grantTo(user.arn, { Action: "a:b" })] }, "implicit-deny resource"],
  ["a grant to another account's user", stranger, { grants: [grantTo(stranger.arn)] }, "allow grant"],
  ["a grant and a deny", user, { grants: [grantTo(user.arn)], identity: [denyAll] }, "explicit-deny identity"],
  ["a grant to the user and a boundary", user, { grants: [grantTo(user.arn)], boundary: other }, "allow grant"],
  ["a grant to the role", session, { grants: [grantTo(session.roleArn!)] }, "allow grant"],
  [
    "a grant to the role and a boundary",
    session,
    { grants: [grantTo(session.roleArn!)], boundary: other },
    "implicit-deny boundary",
  ],
  [
    "a grant to the role and a session policy",
    session,
    { grants: [grantTo(session.roleArn!)], session: [other] },
    "implicit-deny session",
  ],
  ["a grant to the session", session, { grants: [grantTo(session.arn)], session: [other] }, "allow grant"],
  ["a grant to the account", user, { grants: [grantTo(root.arn)] }, "implicit-deny resource"],
  ["a grant to the account, handed on", user, { grants: [grantTo(root.arn)], identity: [allowAll] }, "allow grant"],
  ["a grant to the account for root", root, { grants: [grantTo(root.arn)] }, "allow grant"],
  ["a grant to a user for a service", service, { grants: [grantTo(user.arn)] }, "implicit-deny resource"],
  ["the second of two grants", session, { grants: [grantTo(stranger.arn), grantTo(session.roleArn!)] }, "allow grant"],
  [
    "a policy that can only deny",
    user,
    {
      resource: keyPolicy({ Effect: "Allow", Principal: "*", ...every }),
      resourceRule: "denies",
      identity: [allowAll],
    },
    "implicit-deny resource",
  ],
  [
    "a grant and a policy that denies",
    user,
    {
      resource: keyPolicy({ Effect: "Deny", Principal: { AWS: user.arn }, ...every }),
      resourceRule: "denies",
      grants: [grantTo(user.arn)],
    },
    "explicit-deny resource",
  ],
  ["a grant to another account, not handed on", stranger, { grants: [grantTo(away)] }, "implicit-deny resource"],
];

for (const [name, principal, policies, expected] of cases) {
  test(`evaluate with ${name}: ${expected}`, () => {
    const { effect, by } = evaluate(request(principal), {
      identity: [],
      resource: otherwise,
      resourceRule: "alone",
      ...policies,
    });
    assert.equal(`${effect} ${by}`, expected);
  });
}
