import assert from "node:assert/strict";
import { test } from "node:test";
import { delegates, freeName, policyFor, trustOf } from "./policy.ts";
import { type Reference, referencesOf, targetOf } from "./references.ts";
import { unknownKeys } from "./simulate.ts";
import { type Access, type Facts, type Stored, similarTo, verdictOf } from "./verdict.ts";

const place = { partition: "aws", region: "us-east-1", account: "111122223333" };
const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf";
const role = { kind: "ready", role: "exec", arn: "arn:aws:iam::111122223333:role/exec" } as const;
const allowed: Access = { kind: "allowed" };
const secret: Stored = {
  kind: "secret",
  secret: { arn, name: "db", isDeleted: false, versions: { v1: ["AWSCURRENT"] } },
};

function verdict(valueFrom: string, facts: Partial<Facts> = {}, kind: Reference["kind"] = "variable") {
  const reference: Reference = { pointer: "/p", container: "web", name: "KEY", kind, valueFrom };
  const rest = { role, stored: secret, access: [allowed], key: { kind: "none" }, ...facts } as const;
  return verdictOf({ reference, target: targetOf(reference, place), ...rest });
}

test("referencesOf finds variables, log options, environment files and registry credentials", () => {
  const found = referencesOf([
    {
      name: "web",
      secrets: [{ name: "A", valueFrom: "a" }],
      logConfiguration: { logDriver: "splunk", secretOptions: [{ name: "splunk-token", valueFrom: "b" }] },
      environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/x.env" }],
      repositoryCredentials: { credentialsParameter: "c" },
    },
  ]);
  assert.deepEqual(
    found.map(({ kind, pointer }) => [kind, pointer]),
    [
      ["variable", "/containerDefinitions/0/secrets/0/valueFrom"],
      ["log-option", "/containerDefinitions/0/logConfiguration/secretOptions/0/valueFrom"],
      ["file", "/containerDefinitions/0/environmentFiles/0/value"],
      ["registry", "/containerDefinitions/0/repositoryCredentials/credentialsParameter"],
    ],
  );
});

test("targetOf reads names and ARNs as the agent does", () => {
  const read = (valueFrom: string, kind: Reference["kind"] = "variable") => targetOf({ kind, valueFrom }, place);
  const own = { region: "us-east-1", account: "111122223333" };
  const parameter = "arn:aws:ssm:us-east-1:111122223333:parameter";
  assert.deepEqual(read("/a/b:3"), { store: "ssm", name: "/a/b", selector: "3", arn: `${parameter}/a/b`, ...own });
  assert.deepEqual(read(`${parameter}/a/b`), {
    store: "ssm",
    name: "/a/b",
    selector: "",
    arn: `${parameter}/a/b`,
    ...own,
  });
  assert.deepEqual(read(`${parameter}/flat`), {
    store: "ssm",
    name: "flat",
    selector: "",
    arn: `${parameter}/flat`,
    ...own,
  });
  assert.deepEqual(read(`${arn}:key::v2`), {
    ...{ store: "secretsmanager", secretId: arn, jsonKey: "key", versionId: "v2", ...own },
  });
  assert.deepEqual(read(`${arn}:key`), { store: "malformed" });
  assert.deepEqual(read("arn:aws:s3:::bucket"), { store: "malformed" });
  assert.deepEqual(read("registry", "registry"), { store: "secretsmanager", secretId: "registry", ...own });
});

test("verdictOf says the first thing that stops a task, with check's ids", () => {
  const rule = (...given: Parameters<typeof verdict>) => verdict(...given).rule;
  assert.deepEqual(verdict(arn), { status: "ok", rule: "resolves", parts: [] });
  assert.equal(rule(`${arn}:key`), "reference-malformed");
  assert.equal(rule(arn, { role: { kind: "none" } }), "execution-role-missing");
  assert.equal(rule(arn, { role: { kind: "untrusted", role: "exec" } }), "role-not-trusted");
  assert.equal(rule(arn, { stored: { kind: "absent" } }), "secret-not-found");
  assert.equal(rule("/a", { stored: { kind: "absent" } }), "parameter-not-found");
  assert.equal(rule("/a:4", { stored: { kind: "parameter", version: 3 } }), "parameter-not-found");
  assert.equal(rule("/a:3", { stored: { kind: "parameter", version: 3 } }), "parameter-selector");
  assert.equal(rule(`${arn}::AWSPENDING:`), "secret-version-not-found");
  assert.equal(rule(`${arn}:::v1`), "resolves");
  assert.equal(rule(`${arn}:key::`), "json-key-not-seen");
  assert.equal(rule(arn.slice(0, -7)), "secret-partial-arn");
  assert.equal(rule(arn, { key: { kind: "default", isForeign: true } }), "secret-foreign-default-key");
  assert.equal(rule("arn:aws:s3:::bucket/x.env", { stored: { kind: "object" } }, "file"), "object-not-seen");
});

test("verdictOf names the secret that an ARN with a wrong suffix meant, and keeps key and version", () => {
  const similar = similarTo(arn.replace("AbCdEf", "XxXxXx"), [{ name: "db", arn }]);
  assert.ok(similar);
  const found = verdict(`${arn.replace("AbCdEf", "XxXxXx")}:key::`, { stored: { kind: "absent", similar } });
  assert.deepEqual([found.rule, found.parts], ["secret-arn-suffix", ["db", `${arn}:key::`]]);
});

test("verdictOf asks for reading and decrypting at once, and for nothing where a Deny decides", () => {
  const need = { action: "secretsmanager:GetSecretValue", resource: arn };
  const decrypt = { action: "kms:Decrypt", resource: "key", via: "secretsmanager.us-east-1.amazonaws.com" };
  const denied = (one: typeof need, isExplicit = false): Access => ({ kind: "denied", isExplicit, need: one });
  const key = { kind: "key", access: denied(decrypt) } as const;
  assert.deepEqual(verdict(arn, { access: [denied(need)], key }).missing, [need, decrypt]);
  assert.deepEqual(verdict(arn, { key }).rule, "key-denied");
  assert.equal(verdict(arn, { access: [denied(need, true)], key }).missing, undefined);
});

test("verdictOf does not guess what it could not see", () => {
  const unseen = { kind: "unseen", why: "ssm: denied" } as const;
  for (const facts of [
    { stored: unseen },
    { access: [unseen] },
    { key: unseen },
    { role: { ...unseen, role: "exec" } },
  ]) {
    assert.deepEqual(verdict(arn, facts), { status: "unknown", rule: "not-seen", parts: ["ssm: denied"] });
  }
});

test("policyFor makes one statement for each action", () => {
  const get = "secretsmanager:GetSecretValue";
  const needs = [
    { action: get, resource: "a" },
    { action: get, resource: "b" },
    { action: get, resource: "a" },
    { action: "kms:Decrypt", resource: "k", via: "ssm.us-east-1.amazonaws.com" },
  ];
  assert.deepEqual(policyFor(needs).Statement, [
    { Effect: "Allow", Action: get, Resource: ["a", "b"] },
    {
      ...{ Effect: "Allow", Action: "kms:Decrypt", Resource: "k" },
      Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } },
    },
  ]);
  assert.equal(freeName("web", ["ecs-web", "ecs-web-2"]), "ecs-web-3");
});

test("trustOf weighs the conditions that AWS recommends, and says of others that it does not know", () => {
  const trust = (statement: object) =>
    trustOf(
      JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            ...statement,
          },
        ],
      }),
      place,
    );
  assert.equal(trust({}), "trusted");
  assert.equal(trust({ Principal: { Service: "ec2.amazonaws.com" } }), "untrusted");
  assert.equal(trust({ Action: "sts:TagSession" }), "untrusted");
  assert.equal(trust({ Effect: "Deny" }), "untrusted");
  const source = { StringEquals: { "aws:SourceAccount": "111122223333" } };
  assert.equal(trust({ Condition: source }), "trusted");
  const arnLike = { ArnLike: { "aws:SourceArn": "arn:aws:ecs:us-east-1:111122223333:*" } };
  assert.equal(trust({ Condition: { ...source, ...arnLike } }), "trusted");
  assert.equal(trust({ Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } } }), "unknown");
});

test("delegates is true for a key policy that leaves the decision to IAM", () => {
  const policy = (Principal: object, Action = "kms:*") =>
    JSON.stringify({ Statement: { Effect: "Allow", Principal, Action, Resource: "*" } });
  assert.equal(delegates(policy({ AWS: "arn:aws:iam::111122223333:root" }), "111122223333"), true);
  assert.equal(delegates(policy({ AWS: "arn:aws:iam::111122223333:role/a" }), "111122223333"), false);
  assert.equal(delegates(policy({ AWS: "111122223333" }, "kms:DescribeKey"), "111122223333"), false);
});

test("unknownKeys passes over the keys of other services", () => {
  const keys = ["kms:ViaService", "aws:SourceVpc", "secretsmanager:VersionStage"];
  assert.deepEqual(unknownKeys("secretsmanager:GetSecretValue", keys), [
    "aws:SourceVpc",
    "secretsmanager:VersionStage",
  ]);
});
