import assert from "node:assert/strict";
import { test } from "node:test";
import { translate } from "../i18n/messages.ts";
import { type PolicyKind, policyMessages, policyProblems } from "./policy-problems.ts";

function problemsOf(text: string, kind: PolicyKind = "identity"): readonly string[] {
  return policyProblems(text, kind, translate(policyMessages, "en")).map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

const allow = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

test("policyProblems finds nothing wrong in the policies of the ECS guide", () => {
  assert.deepEqual(
    problemsOf(
      allow({
        Action: ["ssm:GetParameters", "secretsmanager:GetSecretValue", "kms:Decrypt"],
        Resource: [
          "arn:aws:ssm:us-east-1:000000000000:parameter/a",
          "arn:aws:secretsmanager:us-east-1:000000000000:secret:a*",
        ],
      }),
    ),
    [],
  );
  const trust = { Sid: "", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
  assert.deepEqual(problemsOf(allow(trust), "trust"), []);
  assert.deepEqual(problemsOf(allow({ Principal: "*", Action: "*", Resource: "*" }), "resource"), []);
});

const cases: readonly (readonly [text: string, kind: PolicyKind, problems: readonly string[]])[] = [
  ["[]", "identity", ["1:1 A policy is a JSON object"]],
  ["{}", "identity", ['1:1 Version must be "2012-10-17"', "1:1 Statement is missing"]],
  [
    '{"Version": "2012-10-17", "Statement": []}',
    "identity",
    ["1:40 Statement is a list of objects, with at least one"],
  ],
  [allow({ Resource: "*" }), "identity", ["1:38 Action is missing"]],
  [
    allow({ Action: "RunTask", Resource: "x" }),
    "identity",
    ["1:65 An action is a service and a name: ecs:RunTask, or *", "1:86 A resource is an ARN or *"],
  ],
  [
    allow({ Action: "*", NotAction: "*", Resource: 1 }),
    "identity",
    ["1:81 Action and NotAction exclude each other", "1:96 Resource is a text or a list of texts"],
  ],
  [
    allow({ Action: "*", Resource: "*", Principal: "*" }),
    "identity",
    ["1:96 The policy of a user, group or role names no principal"],
  ],
  [
    allow({ Action: "sts:AssumeRole", Resource: "*" }),
    "trust",
    ["1:93 A trust policy has no Resource", "1:38 Principal is missing"],
  ],
  [
    '{\n"Version": "2012-10-17",\n"Statment": 1}',
    "identity",
    ['3:1 Unknown element "Statment"', "1:1 Statement is missing"],
  ],
];

for (const [text, kind, problems] of cases) {
  test(`policyProblems names what is wrong in ${text.replaceAll("\n", " ")} as a ${kind} policy`, () => {
    assert.deepEqual(problemsOf(text, kind), problems);
  });
}
