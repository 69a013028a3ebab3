import assert from "node:assert/strict";
import { test } from "node:test";
import { grantedServices, serviceNames } from "./granted-services.ts";

const all = Object.keys(serviceNames);
const but = (...services: readonly string[]) => all.filter((service) => !services.includes(service));
const allow = (Action: string | string[], more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const deny = (Action: string | string[], more: object = {}) => ({ ...allow(Action, more), Effect: "Deny" });
const cases: readonly (readonly [string, readonly object[], readonly string[]])[] = [
  ["nothing", [], []],
  ["everything", [allow("*")], all],
  ["one action", [allow("ssm:GetParameter")], ["ssm"]],
  ["in any case", [allow("SSM:*")], ["ssm"]],
  [
    "with a condition, on one resource",
    [
      allow("kms:Decrypt", {
        Resource: "arn:aws:kms:*:*:key/k",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      }),
    ],
    ["kms"],
  ],
  ["services that are not here", [allow(["s3:GetObject", "lambda:*"])], []],
  ["an action of any service", [allow("*:Get*"), deny("*:Put*")], all],
  ["several actions", [allow(["sts:*", "ssm:Get*"]), allow("kms:*")], ["kms", "ssm", "sts"]],
  ["all but a service", [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }], but("iam")],
  ["all but an action", [{ Effect: "Allow", NotAction: "iam:GetUser", Resource: "*" }], all],
  ["a service that is denied", [allow("*"), deny(["kms:*", "ssm:GetParameter"])], but("kms")],
  ["a service that is denied on one resource", [allow("*"), deny("kms:*", { Resource: "arn:aws:kms:*:*:key/k" })], all],
  [
    "a service that is denied at times",
    [allow("*"), deny("kms:*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })],
    all,
  ],
  ["everything denied but a service", [allow("*"), { Effect: "Deny", NotAction: "ssm:*", Resource: "*" }], ["ssm"]],
  ["everything denied", [allow("*"), deny("*")], []],
];

for (const [name, statements, expected] of cases) {
  test(`policies grant services: ${name}`, () => {
    const documents = statements.map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
    assert.deepEqual(grantedServices(documents), expected);
  });
}
