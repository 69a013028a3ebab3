import assert from "node:assert/strict";
import { test } from "node:test";
import { failureReason, type SecretProblem, terminalReason } from "./failure.ts";

const titles: readonly (readonly [string, string])[] = [
  [
    "fetching secret data from SSM Parameter Store in us-west-2: invalid parameters: x",
    "Fetching secret data from SSM Parameter Store in us-west-2: invalid parameters: x",
  ],
  ["secret arn:aws:x: operation error y", "Secret arn:aws:x: operation error y"],
  [
    "ssm secret resource: unable to find execution role credentials",
    "Ssm secret resource: unable to find execution role credentials",
  ],
  ["ASM secret resource: x", "ASM secret resource: x"],
  ["trying to retrieve secret with value y", "Trying to retrieve secret with value y"],
  ["retrieved secret from Secrets Manager did", "Retrieved secret from Secrets Manager did"],
  ["json: cannot unmarshal string", "Json: cannot unmarshal string"],
  ["asm fetching secret", "Asm fetching secret"],
  ["environment file resource: y", "Environment file resource: y"],
  ["x-y_z", "X-Y_z"],
  ["-a--b.c1d/e", "-A--B.C1d/E"],
  ["éa-é", "Éa-É"],
  ["  a\n\tb  c\u00a0d ", "A b c d"],
  ["", ""],
  [" \n", ""],
];

for (const [text, expected] of titles) {
  test(`terminalReason makes ${JSON.stringify(text)} ${JSON.stringify(expected)}`, () => {
    assert.equal(terminalReason(text), expected);
  });
}

const base = { connection: false, detail: "" };
const asm1: SecretProblem = { ...base, provider: "asm", text: "secret a: x", detail: "failed to fetch secret a" };
const asm2: SecretProblem = { ...base, provider: "asm", text: "secret b: y" };
const ssm1: SecretProblem = { ...base, provider: "ssm", text: "fetching 1", detail: "invalid ssm parameters: /a" };
const ssm2: SecretProblem = { ...base, provider: "ssm", text: "fetching 2" };
const prefix = "ResourceInitializationError: unable to pull secrets or registry auth";
const retried = "service call has been retried 1 time(s)";

const reasons: readonly (readonly [string, readonly SecretProblem[], string, string])[] = [
  ["joins all Secrets Manager failures", [asm1, ssm1, asm2], "EC2", "Secret a: x;secret b: y"],
  ["names only the first Parameter Store failure", [ssm1, asm1, ssm2], "EC2", "Fetching 1"],
  ["speaks as EC2's agent for EXTERNAL", [ssm2], "EXTERNAL", "Fetching 2"],
  [
    "speaks as Fargate's agent of Secrets Manager",
    [asm1, asm2],
    "FARGATE",
    `${prefix}: execution resource retrieval failed: unable to retrieve secret from asm: ${retried}: failed to fetch secret a`,
  ],
  [
    "speaks as Fargate's agent of Parameter Store",
    [ssm1],
    "FARGATE",
    `${prefix}: execution resource retrieval failed: unable to retrieve secrets from ssm: ${retried}: invalid ssm parameters: /a`,
  ],
  [
    "speaks as Fargate's agent of an unreachable Secrets Manager",
    [{ ...asm1, connection: true }],
    "FARGATE",
    `${prefix}: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret a`,
  ],
  [
    "speaks as Fargate's agent of an unreachable Parameter Store",
    [{ ...ssm1, connection: true, detail: "operation error SSM: GetParameters" }],
    "FARGATE",
    `${prefix}: unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. operation error SSM: GetParameters`,
  ],
];

for (const [behaviour, problems, launchType, expected] of reasons) {
  test(`failureReason ${behaviour}`, () => {
    assert.equal(failureReason(problems, launchType), expected);
  });
}
