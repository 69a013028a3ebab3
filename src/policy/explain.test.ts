import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  every,
  federated,
  home,
  named,
  provider,
  request,
  roleArn,
  root,
  secret,
  service,
  session,
  stranger,
  user,
  webUser,
} from "./evaluate.fixtures.ts";
import { explain, explainSerialised } from "./explain.ts";
import type { PolicyRequest, PolicySet } from "./policy.ts";
import { traceDecision, traceGonePrincipal } from "./trace.ts";

const none: PolicySet = { identity: [] };
const readApp = named(
  "read-app",
  "identity",
  {
    Sid: "ReadApp",
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: "arn:aws:secretsmanager:*:*:secret:app/*",
  },
  { Effect: "Allow", Action: ["ssm:GetParameter", "ssm:GetParameters"], Resource: "*" },
);
const onlyTagged = named("arn:aws:iam::111122223333:policy/tagged", "identity", {
  Effect: "Allow",
  Action: "secretsmanager:*",
  Resource: "*",
  Condition: {
    StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" },
    IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
  },
});
const noProd = named("no-prod", "identity", {
  Sid: "NoProd",
  Effect: "Deny",
  NotAction: "ssm:*",
  Resource: "arn:aws:secretsmanager:*:*:secret:prod/*",
});
const denyTwice = named("deny-twice", "identity", { Effect: "Deny", ...every }, { Effect: "Deny", ...every });
const trust = named("trust policy", "trust", {
  Effect: "Allow",
  Principal: { Federated: provider },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringLike: { "token.example.com:sub": "repo:acme/*" } },
});
const keyPolicy = named("default", "resource", {
  Sid: "Enable IAM policies",
  Effect: "Allow",
  Principal: { AWS: root.arn },
  Action: "kms:*",
  Resource: "*",
});
const everything = named("all", "identity", { Effect: "Allow", ...every });
const key = { action: "kms:Decrypt", resource: `arn:aws:kms:eu-west-1:${home}:key/1` };
const context = { "aws:resourcetag/team": "red", "aws:principaltag/team": "blue", "aws:sourceip": "10.1.2.3" };

/** Each has its text in `explanations/<name>.txt`. */
const cases: readonly (readonly [name: string, request: PolicyRequest, policies: PolicySet])[] = [
  ["no-policy", request(session), none],
  ["near-resource", request(session), { identity: [readApp] }],
  ["near-condition", request(user, { context }), { identity: [readApp, onlyTagged] }],
  ["missing-key", request(user), { identity: [onlyTagged] }],
  ["explicit-deny", request(session), { identity: [everything, noProd] }],
  ["several-denies", request(session), { identity: [noProd, denyTwice], boundary: readApp }],
  ["boundary-and-session", request(session), { identity: [readApp], boundary: readApp, session: [noProd2()] }],
  ["allowed", request(session), { identity: [readApp, everything] }],
  ["root", request(root), none],
  ["key-of-another-account", request(stranger, key), { identity: [], resource: keyPolicy, resourceRule: "alone" }],
  ["key-handed-on", request(session, key), { identity: [readApp], resource: keyPolicy, resourceRule: "alone" }],
  ["grant-only", request(session, key), { identity: [], resourceRule: "denies" }],
  ["trust", roleRequest(webUser, "sts:AssumeRoleWithWebIdentity"), { ...none, resource: trust, resourceRule: "alone" }],
  ["trust-of-saml", samlRequest(), { ...none, resource: trust, resourceRule: "alone" }],
  ["trust-of-a-service", roleRequest(service, "sts:AssumeRole"), { ...none, resource: trust, resourceRule: "alone" }],
  ["federated-user", request(federated), { identity: [everything] }],
  ["many-values", request(user), { identity: [named("many", "identity", many())] }],
];

function noProd2() {
  return named("session policy", "session", { Effect: "Allow", Action: "ssm:*", Resource: "*" });
}

function roleRequest(principal: PolicyRequest["principal"], action: string): PolicyRequest {
  return request(principal, { action, resource: roleArn, context: { "token.example.com:sub": "repo:other/x" } });
}

function samlRequest(): PolicyRequest {
  const arn = `arn:aws:iam::${home}:saml-provider/corp`;
  const context = { "saml:aud": "https://signin.aws.amazon.com/saml", "saml:sub": "mary@example.com" };
  return request({ ...webUser, arn }, { action: "sts:AssumeRoleWithSAML", resource: roleArn, context });
}

function many() {
  const Action = Array.from({ length: 30 }, (_, index) => `s3:Action${index}`);
  return { Effect: "Allow", Action, NotResource: [secret, "arn:aws:s3:::b"] };
}

for (const [name, asked, policies] of cases) {
  test(`explain tells ${name}`, () => {
    const wanted = readFileSync(new URL(`explanations/${name}.txt`, import.meta.url), "utf8");
    assert.equal(explain(traceDecision(asked, policies)), wanted);
    assert.equal(explainSerialised(JSON.stringify(traceDecision(asked, policies))), wanted);
  });
}

test("explain tells that the role is gone", () => {
  const trace = traceGonePrincipal(request(session), { effect: "implicit-deny", by: "identity" });
  assert.match(explain(trace), /because the user or role no longer exists/);
});

test("explain shows control characters and does not let a terminal obey them", () => {
  const Condition = { StringEquals: { "aws:UserAgent": ["a\nb", "\u202ereversed", "x".repeat(1_000)] } };
  const policy = named("bad\u001b[2J", "identity", { Effect: "Allow", ...every, Condition });
  const context = { "aws:useragent": "\u001b]0;title\u0007\r\nALLOWED" };
  const text = explain(traceDecision(request(user, { context }), { identity: [policy] }));
  assert.doesNotMatch(text, /[^\n\P{Cc}]|\p{Cf}/u);
  assert.match(text, /'bad\\u\{1b\}\[2J'/);
  assert.match(
    text,
    /is \\u\{1b\}\]0;title\\u\{7\}\\u\{d\}\\u\{a\}ALLOWED, wanted a\\u\{a\}b, \\u\{202e\}reversed, x{200}…/,
  );
});

test("explainSerialised refuses what is no trace", () => {
  for (const text of ["", "{", "null", "[]", "{}", '{"request":{},"decision":{}}']) {
    assert.throws(() => explainSerialised(text), /Cannot explain a decision whose trace/, text);
  }
});
