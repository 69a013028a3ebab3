import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeSecrets, fakeSecretSource } from "./fake-source.ts";
import { type SecretRequest, type SecretVersion, secretKey } from "./secret.ts";
import { resolveSecretsManager } from "./secrets-manager.ts";

const A = "arn:aws:secretsmanager:region:account-id:secret:secretID";

function request(valueFrom: string, region = "us-west-2"): SecretRequest {
  return {
    container: "app",
    name: "NAME",
    valueFrom,
    region,
    provider: "asm",
    type: "ENVIRONMENT_VARIABLE",
    target: "CONTAINER",
  };
}

/** Values, or texts of problems after `!`. */
async function resolve(requests: readonly SecretRequest[], secret: FakeSecrets["secret"]) {
  const source = fakeSecretSource(secret && { secret });
  const outcomes = await resolveSecretsManager(requests, source);
  const results = requests.map((one) => {
    const outcome = outcomes.get(secretKey(one))!;
    return "value" in outcome ? outcome.value : `!${outcome.problem.text}`;
  });
  return { results, calls: source.secretCalls };
}

function sdkError(name: string, message: string, $metadata: object = { httpStatusCode: 400, requestId: "id" }): Error {
  return Object.assign(new Error(message), { name, $metadata });
}

function failing(error: Error) {
  return () => {
    throw error;
  };
}

const invalidArn = (valueFrom: string) =>
  `!trying to retrieve secret with value ${valueFrom} resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.`;
const noKey = "!retrieved secret from Secrets Manager did not contain json key";
const notFound = "Secrets Manager can't find the specified secret.";
const call = "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: id";

interface Case {
  readonly valueFrom: string;
  readonly secret?: FakeSecrets["secret"];
  readonly result: string;
  /** `undefined`: none. */
  readonly call?: SecretVersion;
}

const cases: Readonly<Record<string, Case>> = {
  "A3 explains that the secret was not found": {
    valueFrom: A,
    secret: failing(sdkError("ResourceNotFoundException", notFound)),
    result: `!ResourceNotFoundException: The task can't retrieve the secret with ARN '${A}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: ${call}, ResourceNotFoundException: ${notFound}`,
    call: { secretId: A },
  },
  "A3 names a secret not found without its selectors": {
    valueFrom: `${A}:key::`,
    secret: failing(sdkError("ResourceNotFoundException", notFound)),
    result: `!ResourceNotFoundException: The task can't retrieve the secret with ARN '${A}' from AWS Secrets Manager. Check whether the secret exists in the specified Region: ${call}, ResourceNotFoundException: ${notFound}`,
    call: { secretId: A },
  },
  "A4 refuses an ARN of 4 resource parts": { valueFrom: `${A}:wrong:format`, result: invalidArn(`${A}:wrong:format`) },
  "A5 sends key, stage and id": {
    valueFrom: `${A}:json-key:version-stage:version-id`,
    secret: () => '{"json-key": "secret-value","some-other-key": "secret2"}',
    result: "secret-value",
    call: { secretId: A, versionStage: "version-stage", versionId: "version-id" },
  },
  "A6 fails on malformed JSON": {
    valueFrom: `${A}:key::`,
    secret: () => '{"key": "v"',
    result: "!unexpected end of JSON input",
    call: { secretId: A },
  },
  "A7 fails on a missing key": {
    valueFrom: `${A}:nonExistentKey::`,
    secret: () => '{"nonexistentkey":"v"}',
    result: `${noKey} nonExistentKey`,
    call: { secretId: A },
  },
  "A8 takes the whole secret of an id": {
    valueFrom: `${A}:::id`,
    secret: () => " plain\n",
    result: " plain\n",
    call: { secretId: A, versionId: "id" },
  },
  "A9 names the secret before an error, which it has twice": {
    valueFrom: "arn:aws:secretsmanager:r:a:secret:A",
    secret: failing(new Error("InternalServiceError: uhoh")),
    result: "!secret arn:aws:secretsmanager:r:a:secret:A: InternalServiceError: uhoh: InternalServiceError: uhoh",
    call: { secretId: "arn:aws:secretsmanager:r:a:secret:A" },
  },
  "words a refusal as the Go SDK does": {
    valueFrom: A,
    secret: failing(sdkError("AccessDeniedException", "User: x is not authorized to perform: y")),
    result: `!secret ${A}: ${[call, call].map((text) => `${text}, api error AccessDeniedException: User: x is not authorized to perform: y`).join(": ")}`,
    call: { secretId: A },
  },
  "A12 takes the whole secret where all selectors are empty": {
    valueFrom: `${A}:::`,
    secret: () => "p",
    result: "p",
    call: { secretId: A },
  },
  "A13 sends a stage alone": {
    valueFrom: `${A}::AWSPREVIOUS:`,
    secret: ({ versionStage }) => `value of ${versionStage}`,
    result: "value of AWSPREVIOUS",
    call: { secretId: A, versionStage: "AWSPREVIOUS" },
  },
  "A14 takes a key": { valueFrom: `${A}:k::`, secret: () => '{"k":"v"}', result: "v", call: { secretId: A } },
  "A15 refuses an ARN of 3 resource parts": { valueFrom: `${A}:k`, result: invalidArn(`${A}:k`) },
  "A15 refuses an ARN of 4 resource parts": { valueFrom: `${A}:k:s`, result: invalidArn(`${A}:k:s`) },
  "A15 refuses an ARN of 6 resource parts": { valueFrom: `${A}:k:s:v:x`, result: invalidArn(`${A}:k:s:v:x`) },
  "A16 refuses a bare name": {
    valueFrom: "my-secret",
    result: "!trying to retrieve secret with value my-secret resulted in error: arn: invalid prefix",
  },
  "A17 refuses a short ARN": {
    valueFrom: "arn:aws:secretsmanager",
    result: "!trying to retrieve secret with value arn:aws:secretsmanager resulted in error: arn: not enough sections",
  },
  "A18 takes a binary secret as empty": { valueFrom: A, secret: () => undefined, result: "", call: { secretId: A } },
  "takes an empty secret as empty": { valueFrom: A, secret: () => "", result: "", call: { secretId: A } },
  "fails on a key of a binary secret": {
    valueFrom: `${A}:k::`,
    secret: () => undefined,
    result: `${noKey} k: the secret is binary and has no secret string`,
    call: { secretId: A },
  },
  "fails on a key of an empty secret": {
    valueFrom: `${A}:k::`,
    secret: () => "",
    result: "!unexpected end of JSON input",
    call: { secretId: A },
  },
  "fails on a key of a null secret": {
    valueFrom: `${A}:k::`,
    secret: () => "null",
    result: `${noKey} k`,
    call: { secretId: A },
  },
  "A19 renders a number as Go does": {
    valueFrom: `${A}:k::`,
    secret: () => '{"k":20000000}',
    result: "2e+07",
    call: { secretId: A },
  },
  "takes a key with dots literally": {
    valueFrom: `${A}:a.b::`,
    secret: () => '{"a":{"b":"nested"},"a.b":"literal"}',
    result: "literal",
    call: { secretId: A },
  },
  "finds no key that objects inherit": {
    valueFrom: `${A}:constructor::`,
    secret: () => "{}",
    result: `${noKey} constructor`,
    call: { secretId: A },
  },
};

for (const [behaviour, { valueFrom, secret, result, call }] of Object.entries(cases)) {
  test(`resolveSecretsManager ${behaviour}`, async () => {
    const { results, calls } = await resolve([request(valueFrom)], secret);
    assert.deepEqual(results, [result]);
    assert.deepEqual(calls, call ? [{ region: "us-west-2", ...call }] : []);
  });
}

test("resolveSecretsManager A1 reads one secret in two regions", async () => {
  const requests = [request(A, "us-west-2"), request(A, "us-east-1")];
  const { results, calls } = await resolve(requests, ({ region }) => `secret-value in ${region}`);
  assert.deepEqual(results, ["secret-value in us-west-2", "secret-value in us-east-1"]);
  assert.deepEqual(calls, [
    { region: "us-west-2", secretId: A },
    { region: "us-east-1", secretId: A },
  ]);
});

test("resolveSecretsManager reads every key of a secret from one version", async () => {
  const rotating: FakeSecrets["secret"] = (_, call) => JSON.stringify({ username: `u${call}`, password: `p${call}` });
  const keys = [":username::", ":password::", ":password:AWSCURRENT:", ""].map((suffix) => request(A + suffix));
  const { results, calls } = await resolve(keys, rotating);
  assert.deepEqual(results, ["u1", "p1", "p1", '{"username":"u1","password":"p1"}']);
  assert.equal(calls.length, 1);
});

test("resolveSecretsManager fetches different stages, ids and secrets on their own", async () => {
  const suffixes = ["", "::AWSPREVIOUS:", ":::id", "::AWSCURRENT:id"];
  const requests = [...suffixes.map((suffix) => request(A + suffix)), request(`${A}2`)];
  const { results, calls } = await resolve(requests, (_, call) => String(call));
  assert.deepEqual(results, ["1", "2", "3", "4", "5"]);
  assert.equal(calls.length, 5);
});

test("resolveSecretsManager starts every fetch before it waits for one", async () => {
  let started = 0;
  const { promise, resolve: release } = Promise.withResolvers<void>();
  const source = {
    ...fakeSecretSource(),
    async getSecretValue() {
      if (++started === 50) release();
      await promise;
      return { secretString: "v" };
    },
  };
  const requests = Array.from({ length: 50 }, (_, index) => request(`${A}${index}`));
  assert.equal((await resolveSecretsManager(requests, source)).size, 50);
});
