import assert from "node:assert/strict";
import { test } from "node:test";
import { applySecrets } from "./apply.ts";
import { type SecretRequest, secretKey } from "./secret.ts";

type Entry = Partial<SecretRequest> & { readonly name: string; readonly value: string };
const variable = { type: "ENVIRONMENT_VARIABLE", target: "CONTAINER" };
const option = { type: "BOOTSTRAP", target: "LOG_DRIVER" };

interface Case {
  readonly entries: readonly Entry[];
  readonly environment?: Record<string, string>;
  readonly logDriver?: string;
  readonly logOptions?: Record<string, string>;
  readonly expected: { readonly environment?: Record<string, string>; readonly logOptions?: Record<string, string> };
}

const cases: Readonly<Record<string, Case>> = {
  "P1 sets variables and log options": {
    logDriver: "splunk",
    logOptions: { "splunk-option": "option" },
    entries: [
      { name: "secret1", provider: "ssm", value: "secretValue1", ...variable },
      { name: "secret2", provider: "asm", value: "secretValue2", ...variable },
      { name: "splunk-token", provider: "ssm", value: "secretValue3", ...option },
    ],
    expected: {
      environment: { secret1: "secretValue1", secret2: "secretValue2" },
      logOptions: { "splunk-option": "option", "splunk-token": "secretValue3" },
    },
  },
  "P2 sets the first log option": {
    logDriver: "splunk",
    entries: [{ name: "splunk-token", value: "secretValue1", ...option }],
    expected: { logOptions: { "splunk-token": "secretValue1" } },
  },
  "P3 leaves out mounts, and log options without a driver": {
    entries: [
      { name: "secret1", provider: "asm", value: "a", type: "MOUNT_POINT", target: "CONTAINER" },
      { name: "secret2", provider: "asm", value: "b", ...option },
      { name: "secret3", value: "c", ...variable },
    ],
    expected: { environment: { secret3: "c" } },
  },
  "P4 keeps a Parameter Store log option out of the environment": {
    logDriver: "splunk",
    entries: [
      { name: "mySSMSecret", provider: "ssm", value: "mySSMSecretValue", ...option },
      { name: "myASMSecret", provider: "asm", value: "myASMSecretValue", ...variable },
    ],
    expected: { environment: { myASMSecret: "myASMSecretValue" }, logOptions: { mySSMSecret: "mySSMSecretValue" } },
  },
  "P4 keeps a Secrets Manager log option out of the environment": {
    logDriver: "splunk",
    entries: [
      { name: "myASMSecret", provider: "asm", value: "myASMSecretValue", ...option },
      { name: "mySSMSecret", provider: "ssm", value: "mySSMSecretValue", ...variable },
    ],
    expected: { environment: { mySSMSecret: "mySSMSecretValue" }, logOptions: { myASMSecret: "myASMSecretValue" } },
  },
  "P5 lets a secret win over a plain variable": {
    environment: { NAME: "plain", OTHER: "o" },
    entries: [{ name: "NAME", value: "secret", ...variable }],
    expected: { environment: { NAME: "secret", OTHER: "o" } },
  },
  "P6 sets an empty variable": {
    environment: { NAME: "plain" },
    entries: [{ name: "NAME", value: "", ...variable }],
    expected: { environment: { NAME: "" } },
  },
  "P7 keeps the plain option where the secret is empty": {
    logDriver: "splunk",
    logOptions: { token: "x" },
    entries: [
      { name: "token", value: "", ...option },
      { name: "", value: "y", ...option },
    ],
    expected: { logOptions: { token: "x" } },
  },
  "P8 adds to the plain variables": {
    environment: { CONFIG1: "1" },
    entries: [{ name: "SECRET1", value: "s", ...variable }],
    expected: { environment: { CONFIG1: "1", SECRET1: "s" } },
  },
  "P8 sets the first variable": {
    entries: [{ name: "SECRET1", value: "s", ...variable }],
    expected: { environment: { SECRET1: "s" } },
  },
  "P8 changes nothing without secrets": {
    environment: { CONFIG1: "1" },
    logOptions: { a: "b" },
    entries: [],
    expected: { environment: { CONFIG1: "1" }, logOptions: { a: "b" } },
  },
  "lets the last of two secrets of one name win": {
    entries: [
      { name: "NAME", value: "first", valueFrom: "a", ...variable },
      { name: "NAME", value: "last", valueFrom: "b", ...variable },
    ],
    expected: { environment: { NAME: "last" } },
  },
  "lets a secret win over a plain log option": {
    logDriver: "splunk",
    logOptions: { token: "plain" },
    entries: [{ name: "token", value: "secret", ...option }],
    expected: { logOptions: { token: "secret" } },
  },
  "leaves log options of awsfirelens to the router": {
    logDriver: "awsfirelens",
    logOptions: { Name: "datadog" },
    entries: [{ name: "apikey", value: "secret", ...option }],
    expected: { logOptions: { Name: "datadog" } },
  },
  "ignores the target of a variable": {
    logDriver: "splunk",
    entries: [{ name: "NAME", value: "v", type: "ENVIRONMENT_VARIABLE", target: "LOG_DRIVER" }],
    expected: { environment: { NAME: "v" } },
  },
  "leaves out bootstrap secrets that are no log option": {
    logDriver: "splunk",
    entries: [{ name: "NAME", value: "v", type: "BOOTSTRAP", target: "CONTAINER" }],
    expected: {},
  },
  "treats no name as special": {
    entries: [{ name: "constructor", value: "v", ...variable }],
    expected: { environment: { constructor: "v" } as unknown as Record<string, string> },
  },
};

for (const [behaviour, { entries, environment = {}, logDriver = "", logOptions = {}, expected }] of Object.entries(
  cases,
)) {
  test(`applySecrets ${behaviour}`, () => {
    const requests = entries.map(
      ({ value: _, ...entry }): SecretRequest => ({
        container: "app",
        provider: "ssm",
        region: "us-west-2",
        valueFrom: entry.name,
        type: "",
        target: "",
        ...entry,
      }),
    );
    const values = new Map(requests.map((request, index) => [secretKey(request), entries[index]!.value]));
    const applied = applySecrets(requests, values, { environment, logDriver, logOptions });
    assert.deepEqual(applied, { environment: {}, logOptions: {}, ...expected });
  });
}

test("applySecrets refuses to leave a variable empty for want of its value", () => {
  const request: SecretRequest = {
    container: "app",
    name: "TOKEN",
    valueFrom: "token",
    provider: "ssm",
    region: "us-west-2",
    ...variable,
  };
  assert.throws(() => applySecrets([request], new Map(), { environment: {}, logOptions: {}, logDriver: "" }), {
    message: "no value was resolved for secret TOKEN of app",
  });
});
