import assert from "node:assert/strict";
import { test } from "node:test";
import { isPublic } from "./public-policy.ts";
import { readPolicy } from "./resource-policy.ts";

const account = "111122223333";
const arn = `arn:aws:iam::${account}:role/reader`;

function allow(extra: object = {}) {
  return { Effect: "Allow", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*", ...extra };
}

function when(operator: string, key: string, value: string | string[]) {
  return { Condition: { [operator]: { [key]: value } } };
}

function denyUnless(operator: string, key: string, value: string, extra: object = {}) {
  return allow({ Effect: "Deny", ...when(operator, key, value), ...extra });
}

const cases: [name: string, statements: object[], expected: boolean][] = [
  ["everyone", [allow()], true],
  ["everyone as AWS", [allow({ Principal: { AWS: "*" } })], true],
  ["everyone beside a fixed role", [allow({ Principal: { AWS: ["*", arn] } })], true],
  ["a role", [allow({ Principal: { AWS: arn } })], false],
  ["an account", [allow({ Principal: { AWS: account } })], false],
  ["a service", [allow({ Principal: { Service: "lambda.amazonaws.com" } })], false],
  ["a denial to everyone", [allow({ Effect: "Deny" })], false],
  ["one broad statement of two", [allow({ Principal: { AWS: arn } }), allow()], true],

  ["an organisation", [allow(when("StringEquals", "aws:PrincipalOrgID", "o-1"))], false],
  ["an organisation, whatever the key's case", [allow(when("StringEquals", "AWS:principalorgid", "o-1"))], false],
  ["organisations by a wildcard", [allow(when("StringLike", "aws:PrincipalOrgID", "o-*"))], true],
  ["an organisation's path", [allow(when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/r-1/*"))], false],
  ["any organisation's path", [allow(when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "*/r-1/*"))], true],
  ["an account by condition", [allow(when("StringEquals", "aws:PrincipalAccount", account))], false],
  ["an account or any", [allow(when("StringLike", "aws:PrincipalAccount", [account, "*"]))], true],
  ["an account if it is told", [allow(when("StringEqualsIfExists", "aws:SourceAccount", account))], true],
  ["an account for all values", [allow(when("ForAllValues:StringEquals", "aws:SourceAccount", account))], true],
  ["all accounts but one", [allow(when("StringNotEquals", "aws:PrincipalAccount", account))], true],
  ["roles of an account", [allow(when("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${account}:role/*`))], false],
  ["roles of any account", [allow(when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/reader"))], true],
  ["a bucket", [allow(when("ArnEquals", "aws:SourceArn", "arn:aws:s3:::bucket"))], false],
  ["any bucket", [allow(when("ArnLike", "aws:SourceArn", "arn:aws:s3:::*"))], true],
  [
    "the caller's own variable",
    [allow(when("StringEquals", "aws:PrincipalArn", "arn:aws:iam::${aws:userid}:x"))],
    true,
  ],
  ["a VPC", [allow(when("StringEquals", "aws:SourceVpc", "vpc-1"))], false],
  ["a VPC endpoint", [allow(when("StringEquals", "aws:sourceVpce", "vpce-1"))], false],
  ["addresses", [allow(when("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"]))], false],
  ["half of all addresses", [allow(when("IpAddress", "aws:SourceIp", "0.0.0.0/1"))], true],
  ["all IPv6 addresses", [allow(when("IpAddress", "aws:SourceIp", "::/0"))], true],
  ["a role's sessions", [allow(when("StringLike", "aws:userid", "AROAEXAMPLE:*"))], false],
  ["any session", [allow(when("StringLike", "aws:userid", "*:*"))], true],
  ["a user agent", [allow(when("StringEquals", "aws:UserAgent", "mine"))], true],
  ["a tag", [allow(when("StringEquals", "aws:PrincipalTag/team", "orders"))], true],
  ["that a key is there", [allow(when("Null", "aws:PrincipalOrgID", "false"))], true],
  [
    "one narrow condition of two",
    [allow({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" }, Bool: { "aws:SecureTransport": "true" } } })],
    false,
  ],

  ["everyone else denied", [allow(), denyUnless("StringNotEquals", "aws:PrincipalOrgID", "o-1")], false],
  [
    "everyone else denied everything",
    [allow(), denyUnless("StringNotEquals", "aws:SourceVpc", "vpc-1", { Action: "secretsmanager:*" })],
    false,
  ],
  [
    "everyone else denied another action",
    [allow(), denyUnless("StringNotEquals", "aws:SourceVpc", "vpc-1", { Action: "secretsmanager:PutSecretValue" })],
    true,
  ],
  ["one denied", [allow(), allow({ Effect: "Deny", ...when("StringEquals", "aws:PrincipalAccount", account) })], true],
  ["a denial that says nothing", [allow(), denyUnless("StringNotLike", "aws:PrincipalOrgID", "*")], true],
  [
    "everyone else denied in part",
    [
      allow(),
      allow({
        Effect: "Deny",
        Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" }, Bool: { "aws:ViaAWSService": "false" } },
      }),
    ],
    true,
  ],
];

for (const [name, statements, expected] of cases) {
  test(`isPublic is ${expected} for ${name}`, () => {
    const policy = readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
    assert.ok(policy);
    assert.equal(isPublic(policy), expected);
  });
}
