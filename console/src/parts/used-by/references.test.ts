import assert from "node:assert/strict";
import { test } from "node:test";
import { referencesTo } from "./references.ts";

const scope = "us-east-1:111122223333";
const secret = `arn:aws:secretsmanager:${scope}:secret:db/main-a1B2c3`;
const parameter = `arn:aws:ssm:${scope}:parameter/app/key`;
const plain = `arn:aws:ssm:${scope}:parameter/key`;

type Case = readonly [of: string, valueFrom: string, isMeant: boolean];

const variables: readonly Case[] = [
  [secret, secret, true],
  [secret, `${secret}:password:AWSPREVIOUS:`, true],
  [secret, `arn:aws:secretsmanager:${scope}:secret:db/main`, true],
  [secret, `arn:aws:secretsmanager:${scope}:secret:db/main-d4E5f6`, false],
  [secret, `arn:aws:secretsmanager:eu-west-1:111122223333:secret:db/main-a1B2c3`, false],
  [secret, `arn:aws:secretsmanager:us-east-1:444455556666:secret:db/main-a1B2c3`, false],
  [secret, "/aws/reference/secretsmanager/db/main", true],
  [secret, `arn:aws:ssm:${scope}:parameter/aws/reference/secretsmanager/db/main`, true],
  [secret, "db/main", false],
  [parameter, parameter, true],
  [parameter, `${parameter}:3`, true],
  [parameter, "/app/key", true],
  [parameter, "/app/key:label", true],
  [parameter, "/app/key2", false],
  [parameter, "/app", false],
  [plain, "key", true],
  [plain, plain, true],
  [plain, "", false],
];

for (const [of, valueFrom, isMeant] of variables) {
  test(`a variable from "${valueFrom}" ${isMeant ? "means" : "does not mean"} ${of}`, () => {
    const found = referencesTo(of, [{ name: "web", secrets: [{ name: "KEY", valueFrom }] }]);
    assert.deepEqual(found, isMeant ? [{ container: "web", place: "variable", name: "KEY", valueFrom }] : []);
  });
}

const labels: readonly Case[] = [
  [secret, secret, true],
  [secret, "db/main", false],
  [parameter, `arn:aws:ssm:${scope}:parameter/app`, true],
  [parameter, `arn:aws:ssm:${scope}:parameter/app/*`, true],
  [parameter, `arn:aws:ssm:${scope}:parameter/`, true],
  [parameter, `arn:aws:ssm:${scope}:parameter/ap`, false],
  [parameter, parameter, false],
];

for (const [of, entry, isMeant] of labels) {
  test(`the label's "${entry}" ${isMeant ? "means" : "does not mean"} ${of}`, () => {
    const dockerLabels = { "sealift.secrets.from": `arn:aws:ssm:${scope}:parameter/other, ${entry}` };
    const found = referencesTo(of, [{ name: "web", dockerLabels }]);
    assert.deepEqual(found, isMeant ? [{ container: "web", place: "label", name: "", valueFrom: entry }] : []);
  });
}

test("log options and registry credentials count, each with its container", () => {
  const found = referencesTo(secret, [
    { name: "web", logConfiguration: { secretOptions: [{ name: "splunk-token", valueFrom: secret }] } },
    { name: "side", repositoryCredentials: { credentialsParameter: "db/main" } },
    { name: "other", secrets: [{ name: "KEY", valueFrom: parameter }] },
  ]);
  assert.deepEqual(found, [
    { container: "web", place: "logOption", name: "splunk-token", valueFrom: secret },
    { container: "side", place: "registry", name: "", valueFrom: "db/main" },
  ]);
});
