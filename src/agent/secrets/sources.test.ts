import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../clock.ts";
import { endpointsOf } from "../link/endpoints.ts";
import { json, serve } from "./json-server.fixture.ts";
import { secretSources } from "./sources.ts";

function sourcesAt(endpoint: string) {
  return secretSources({ endpoints: endpointsOf([endpoint]), clock: systemClock });
}

const credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "key", sessionToken: "token" };

test("secretSources sends GetSecretValue as the execution role's session, signed for the region", async () => {
  await using server = await serve(json(200, { SecretString: "välue\n\0", VersionId: "v" }));
  using sources = sourcesAt(server.endpoint);
  const source = sources.as(credentials);
  const version = { secretId: "arn:x", versionStage: "AWSPREVIOUS", versionId: "an-id" };
  assert.deepEqual(await source.getSecretValue("eu-west-1", version), { secretString: "välue\n\0" });
  assert.deepEqual(await source.getSecretValue("us-east-1", { secretId: "arn:x" }), { secretString: "välue\n\0" });
  const [first, second] = server.received;
  assert.equal(first?.target, "secretsmanager.GetSecretValue");
  assert.deepEqual(first?.body, { SecretId: "arn:x", VersionStage: "AWSPREVIOUS", VersionId: "an-id" });
  assert.match(first?.authorization ?? "", /Credential=ASIAEXAMPLE\/\d+\/eu-west-1\/secretsmanager\/aws4_request/);
  assert.equal(first?.token, "token");
  assert.deepEqual(second?.body, { SecretId: "arn:x" });
  assert.match(second?.authorization ?? "", /\/us-east-1\/secretsmanager\//);
});

test("secretSources sign each call as its own session, over the same connections", async () => {
  await using server = await serve(json(200, { SecretString: "v" }));
  using sources = sourcesAt(server.endpoint);
  const read = async (one: number) => {
    const source = sources.as({
      accessKeyId: `ASIA${one}`,
      secretAccessKey: `key${one}`,
      sessionToken: `token-${one}`,
    });
    await source.getSecretValue("us-east-1", { secretId: String(one) });
  };
  await Promise.all([1, 2, 3].map(read));
  await read(4);
  for (const { body, authorization, token } of server.received) {
    const { SecretId: one } = body as { readonly SecretId: string };
    assert.match(authorization, new RegExp(`Credential=ASIA${one}/`));
    assert.equal(token, `token-${one}`);
  }
  assert.deepEqual([server.received.length, server.connections()], [4, 3]);
});

test("secretSources reports a binary secret by its bytes, without string", async () => {
  await using server = await serve(json(200, { SecretBinary: "AAEC" }));
  using sources = sourcesAt(server.endpoint);
  const source = sources.as(credentials);
  const { secretString, secretBinary } = await source.getSecretValue("us-east-1", { secretId: "x" });
  assert.deepEqual([secretString, [...(secretBinary ?? [])]], [undefined, [0, 1, 2]]);
});

test("secretSources sends GetParameters with decryption", async () => {
  const parameter = { Name: "foo", Value: "v", ARN: "arn:foo", Selector: ":3", Type: "SecureString", Version: 3 };
  await using server = await serve(json(200, { Parameters: [parameter, { Name: "bare" }], InvalidParameters: ["b"] }));
  using sources = sourcesAt(server.endpoint);
  const source = sources.as(credentials);
  assert.deepEqual(await source.getParameters("us-east-1", ["foo:3", "bare", "b"]), {
    parameters: [
      { name: "foo", read: { arn: "arn:foo", version: "3" }, value: "v", arn: "arn:foo", selector: ":3" },
      { name: "bare" },
    ],
    invalidParameters: ["b"],
  });
  assert.equal(server.received[0]?.target, "AmazonSSM.GetParameters");
  assert.deepEqual(server.received[0]?.body, { Names: ["foo:3", "bare", "b"], WithDecryption: true });
});
