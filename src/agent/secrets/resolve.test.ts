import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeSecrets, fakeSecretSource } from "./fake-source.ts";
import { resolveSecrets } from "./resolve.ts";
import { type SecretRequest, secretKey } from "./secret.ts";

const A = "arn:aws:secretsmanager:us-west-2:123456789012:secret:secretID";
const B = "arn:aws:secretsmanager:us-west-2:123456789012:secret:other";
const ec2 = { launchType: "EC2", account: "123456789012" };
const fargate = { ...ec2, launchType: "FARGATE" };

function request(provider: string, valueFrom: string, given: Partial<SecretRequest> = {}): SecretRequest {
  return {
    container: "app",
    name: "NAME",
    valueFrom,
    provider,
    region: "us-west-2",
    type: "ENVIRONMENT_VARIABLE",
    target: "CONTAINER",
    ...given,
  };
}

async function values(requests: readonly SecretRequest[], secrets: FakeSecrets) {
  const resolved = await resolveSecrets(requests, fakeSecretSource(secrets), ec2);
  assert.equal(resolved.outcome, "resolved");
  return requests.map((one) => resolved.values.get(secretKey(one)));
}

async function reason(requests: readonly SecretRequest[], secrets: FakeSecrets | undefined, options = ec2) {
  const resolved = await resolveSecrets(requests, secrets && fakeSecretSource(secrets), options);
  assert.equal(resolved.outcome, "failed");
  return resolved.reason;
}

test("resolveSecrets resolves nothing without requests", async () => {
  assert.deepEqual(await values([], {}), []);
});

test("resolveSecrets R1 reads Parameter Store by region and Secrets Manager apart", async () => {
  const requests = [
    request("ssm", "/test/secretName1"),
    request("asm", A),
    request("ssm", "/test/secretName1", { region: "us-east-1" }),
  ];
  const source = fakeSecretSource({ secret: () => "s", parameter: (_, region) => region });
  const resolved = await resolveSecrets(requests, source, ec2);
  assert.equal(resolved.outcome, "resolved");
  assert.deepEqual([...resolved.values.values()], ["us-west-2", "s", "us-east-1"]);
  assert.deepEqual(source.parameterCalls, [
    { region: "us-west-2", names: ["/test/secretName1"] },
    { region: "us-east-1", names: ["/test/secretName1"] },
  ]);
});

test("resolveSecrets R2 reads a secret once that several containers name", async () => {
  const source = fakeSecretSource({ secret: ({ secretId }) => secretId, parameter: (name) => name });
  const requests = [
    request("asm", A, { name: "secret1" }),
    request("asm", B, { name: "secret2" }),
    request("ssm", "/test/secretName1", { name: "secret3" }),
    request("asm", A, { name: "secret4", container: "sidecar" }),
    request("ssm", "/test/secretName1", { container: "sidecar" }),
  ];
  const resolved = await resolveSecrets(requests, source, ec2);
  assert.equal(resolved.outcome, "resolved");
  assert.equal(resolved.values.size, 3);
  assert.deepEqual(
    source.secretCalls.map((call) => call.secretId),
    [A, B],
  );
  assert.deepEqual(
    source.parameterCalls.map((call) => call.names),
    [["/test/secretName1"]],
  );
});

test("resolveSecrets takes all keys of a secret from one version while it rotates", async () => {
  const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
  const rotating: FakeSecrets["secret"] = (_, call) =>
    JSON.stringify(Object.fromEntries(keys.map((key) => [key, call])));
  const requests = keys.map((key, index) => request("asm", `${A}:${key}::`, { container: `container${index % 3}` }));
  assert.deepEqual(
    await values(requests, { secret: rotating }),
    keys.map(() => "1"),
  );
});

const unchanged: Readonly<Record<string, string>> = {
  newlines: "-----BEGIN KEY-----\nabc\r\n-----END KEY-----\n",
  quotes: `'single' "double" \`back\``,
  NUL: "a\0b",
  "64 KB": "x".repeat(65_536),
  "=": "=a=b==",
  "UTF-8": "pässwörd 密码 🔑 e\u0301",
  "http://localhost:": "http://localhost:4566/path?x=http://localhost:80",
  backslashes: "C:\\new\\table $HOME ${X} %d #{y}",
  "space around": "  \tv\n ",
  nothing: "",
};

for (const [what, value] of Object.entries(unchanged)) {
  test(`resolveSecrets delivers a value with ${what} unchanged`, async () => {
    const requests = [request("asm", A), request("asm", `${B}:k::`), request("ssm", "/p")];
    const secret: FakeSecrets["secret"] = ({ secretId }) => (secretId === A ? value : JSON.stringify({ k: value }));
    assert.deepEqual(await values(requests, { secret, parameter: () => value }), [value, value, value]);
  });
}

const errorResponse: FakeSecrets["secret"] = () => {
  throw new Error("error response");
};

test("resolveSecrets A2 reports every Secrets Manager failure, in the order of the requests", async () => {
  const requests = [request("asm", A), request("asm", A, { region: "us-east-1" }), request("asm", "bare")];
  const problem = `secret ${A}: error response: error response`;
  assert.equal(
    await reason(requests, { secret: errorResponse }),
    `S${problem.slice(1)};${problem};trying to retrieve secret with value bare resulted in error: arn: invalid prefix`,
  );
});

test("resolveSecrets reports a failed secret once for each valueFrom", async () => {
  const requests = [request("asm", `${A}:a::`), request("asm", `${A}:b::`), request("asm", `${A}:b::`)];
  const text = await reason(requests, { secret: errorResponse });
  assert.equal(text.split(";").length, 2);
});

test("resolveSecrets S5 reports one Parameter Store failure only", async () => {
  const requests = [request("ssm", "a"), request("ssm", "b", { region: "us-east-1" })];
  assert.equal(
    await reason(requests, { parameter: () => undefined }),
    "Fetching secret data from SSM Parameter Store in us-west-2: invalid parameters: a",
  );
});

test("resolveSecrets reports the service of the first request that failed", async () => {
  const secrets: FakeSecrets = { secret: errorResponse, parameter: () => undefined };
  const requests = [request("ssm", "a"), request("asm", A)];
  assert.match(await reason(requests, secrets), /^Fetching secret data from SSM/);
  assert.match(await reason(requests.toReversed(), secrets), /^Secret arn:/);
});

test("resolveSecrets fails where one of many secrets does", async () => {
  const requests = [
    request("ssm", "good"),
    request("asm", A),
    request("ssm", "bad", { name: "B", region: "eu-west-1" }),
  ];
  const secrets: FakeSecrets = { secret: () => "s", parameter: (name) => (name === "good" ? "v" : undefined) };
  const resolved = await resolveSecrets(requests, fakeSecretSource(secrets), ec2);
  assert.equal(resolved.outcome, "failed");
  assert.deepEqual(
    resolved.problems.map(({ text }) => text),
    ["fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: bad"],
  );
});

const init =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed";
const retried = "service call has been retried 1 time(s)";
const refused: FakeSecrets["secret"] = () => {
  const $metadata = { httpStatusCode: 400, requestId: "id" };
  throw Object.assign(new Error("User: x"), { name: "AccessDeniedException", $metadata });
};

const fargateCases: readonly (readonly [string, SecretRequest, FakeSecrets, string])[] = [
  [
    "a refusal",
    request("asm", `${A}:k::`),
    { secret: refused },
    `${init}: unable to retrieve secret from asm: ${retried}: failed to fetch secret ${A} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: id, api error AccessDeniedException: User: x`,
  ],
  [
    "a missing JSON key",
    request("asm", `${A}:password::`),
    { secret: () => "{}" },
    `${init}: unable to retrieve secret from asm: ${retried}: retrieved secret from Secrets Manager did not contain json key password`,
  ],
  [
    "a secret that is not JSON",
    request("asm", `${A}:k::`),
    { secret: () => "'{}'" },
    `${init}: unable to retrieve secret from asm: ${retried}: invalid character '\\'' looking for beginning of value`,
  ],
  [
    "an invalid parameter, by its name where an ARN named it",
    request("ssm", "arn:aws:ssm:us-west-2:123456789012:parameter/api/key"),
    {},
    `${init}: unable to retrieve secrets from ssm: ${retried}: invalid ssm parameters: /api/key`,
  ],
];

for (const [what, one, secrets, expected] of fargateCases) {
  test(`resolveSecrets reports ${what} as Fargate does`, async () => {
    assert.equal(await reason([one], secrets, fargate), expected);
  });
}

test("resolveSecrets reports missing execution role credentials once", async () => {
  const asm = [request("asm", A), request("asm", B), request("ssm", "p")];
  assert.equal(await reason(asm, undefined), "ASM secret resource: unable to find execution role credentials");
  const ssm = [request("ssm", "p"), request("asm", A)];
  assert.equal(await reason(ssm, undefined), "Ssm secret resource: unable to find execution role credentials");
});

test("resolveSecrets refuses an unknown provider", async () => {
  assert.equal(await reason([request("vault", "x")], {}), "Secret NAME has the unknown provider vault");
});
