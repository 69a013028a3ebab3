import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeSecrets, fakeSecretSource } from "./fake-source.ts";
import { resolveRegistryCredentials } from "./registry-credentials.ts";

const region = "us-west-2";
const request = { credentialsParameter: "registry", region };

async function resolve(secretString: string | undefined, launchType = "EC2") {
  const source = fakeSecretSource({ secret: () => secretString });
  return resolveRegistryCredentials([request], source, launchType);
}

const ok = { outcome: "resolved", credentials: [{ username: "usr", password: "pwd" }] };
const failed = (reason: string) => ({ outcome: "failed", reason });
const noUsername = failed("Asm fetching username: AuthorizationData is malformed, empty field");
const noPassword = failed("Asm fetching password: AuthorizationData is malformed, empty field");
const invalid = failed("Asm fetching authorization data: unable to unmarshal secret value, invalid schema");
const nothing = failed("Asm fetching authorization data: empty secrets value");

const vectors: readonly (readonly [string | undefined, object])[] = [
  ['{"username":"usr","password":"pwd"}', ok],
  ['{"UserName":"usr","PASSWORD":"pwd","email":1}', ok],
  ['{"username":"other","USERNAME":"usr","password":"pwd"}', ok],
  ['{"username":"usr","password":"pwd","Password":null}', ok],
  ['{"password":"pwd"}', noUsername],
  ['{"username":"usr"}', noPassword],
  ['{"username":"","password":"pwd"}', noUsername],
  ['{"username":"usr","password":""}', noPassword],
  ['{"username":null,"password":"pwd"}', noUsername],
  ["{}", noUsername],
  ["null", noUsername],
  ['{"username":"usr"', invalid],
  ['{"username":"usr","password":1}', invalid],
  ['{"username":{"username":"usr"},"password":"pwd"}', invalid],
  ['["usr","pwd"]', invalid],
  ["usr:pwd", invalid],
  ["", nothing],
  [undefined, nothing],
];

for (const [secretString, expected] of vectors) {
  test(`resolveRegistryCredentials of ${secretString ?? "a binary secret"}`, async () => {
    assert.deepEqual(await resolve(secretString), expected);
  });
}

test("resolveRegistryCredentials reads each secret of a region once, one after the other", async () => {
  const source = fakeSecretSource({
    secret: ({ secretId }) => JSON.stringify({ username: secretId, password: "pwd" }),
  });
  const other = { credentialsParameter: "other", region };
  const elsewhere = { ...request, region: "us-east-1" };
  const result = await resolveRegistryCredentials([request, other, request, elsewhere], source, "EC2");
  assert.ok(result.outcome === "resolved");
  assert.deepEqual(
    result.credentials.map(({ username }) => username),
    ["registry", "other", "registry", "registry"],
  );
  assert.deepEqual(
    source.secretCalls.map((call) => [call.secretId, call.region]),
    [
      ["registry", region],
      ["other", region],
      ["registry", "us-east-1"],
    ],
  );
});

function refusing(name: string, message: string, metadata: object): FakeSecrets {
  return {
    secret() {
      throw Object.assign(new Error(message), { name, $metadata: { requestId: "id", ...metadata } });
    },
  };
}

const call = "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: id";
const denied = `asm fetching secret from the service for registry: ${call}, api error AccessDeniedException: no`;

test("resolveRegistryCredentials stops at the first secret that is refused, in the words of EC2's agent", async () => {
  const source = fakeSecretSource(refusing("AccessDeniedException", "no", { httpStatusCode: 400 }));
  const other = { credentialsParameter: "other", region };
  const result = await resolveRegistryCredentials([request, other], source, "EC2");
  assert.deepEqual(result, failed(denied.replace("asm", "Asm")));
  assert.equal(source.secretCalls.length, 1);
});

test("resolveRegistryCredentials fails in the words of Fargate's agent", async () => {
  const source = fakeSecretSource(refusing("AccessDeniedException", "no", { httpStatusCode: 400 }));
  const result = await resolveRegistryCredentials([request], source, "FARGATE");
  const prefix =
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm";
  assert.deepEqual(result, failed(`${prefix}: service call has been retried 1 time(s): ${denied}`));
});

test("resolveRegistryCredentials needs an execution role", async () => {
  const result = await resolveRegistryCredentials([request], undefined, "EC2");
  assert.deepEqual(result, failed("Asm resource: unable to find execution role credentials"));
});
