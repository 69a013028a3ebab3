import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { endpointsOf } from "../link/endpoints.ts";
import { getSecretValueOperation, isConnectionFailure, sdkErrorText } from "./sdk-error.ts";
import { sdkSecretSources } from "./sdk-source.ts";

interface Received {
  readonly target: string;
  readonly authorization: string;
  readonly token: string;
  readonly body: unknown;
}

type Answer = (response: ServerResponse, received: Received) => void;

/** A server that speaks AWS's JSON protocol, on a free port. */
async function serve(answer: Answer) {
  const received: Received[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const header = (name: string) => String(request.headers[name] ?? "");
    const one = {
      target: header("x-amz-target"),
      authorization: header("authorization"),
      token: header("x-amz-security-token"),
      body: JSON.parse(Buffer.concat(chunks).toString()),
    };
    received.push(one);
    answer(response, one);
  });
  let connections = 0;
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    received,
    connections: () => connections,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function json(status: number, body: unknown): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return (response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "request-1" });
    response.end(text);
  };
}

const credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "key", sessionToken: "token" };

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => assert.fail("the call succeeded"),
    (error: unknown) => error,
  );
}

test("sdkSecretSources sends GetSecretValue as the execution role's session, signed for the region", async () => {
  await using server = await serve(json(200, { SecretString: "välue\n\0", VersionId: "v" }));
  using sources = sdkSecretSources({ endpoints: endpointsOf([server.endpoint]) });
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

test("sdkSecretSources sign each call as its own session, over the same connections", async () => {
  await using server = await serve(json(200, { SecretString: "v" }));
  using sources = sdkSecretSources({ endpoints: endpointsOf([server.endpoint]) });
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

test("sdkSecretSources reports a binary secret by its bytes, without string", async () => {
  await using server = await serve(json(200, { SecretBinary: "AAEC" }));
  using sources = sdkSecretSources({ endpoints: endpointsOf([server.endpoint]) });
  const source = sources.as(credentials);
  const { secretString, secretBinary } = await source.getSecretValue("us-east-1", { secretId: "x" });
  assert.deepEqual([secretString, [...(secretBinary ?? [])]], [undefined, [0, 1, 2]]);
});

test("sdkSecretSources sends GetParameters with decryption", async () => {
  const parameter = { Name: "foo", Value: "v", ARN: "arn:foo", Selector: ":3", Type: "SecureString", Version: 3 };
  await using server = await serve(json(200, { Parameters: [parameter, { Name: "bare" }], InvalidParameters: ["b"] }));
  using sources = sdkSecretSources({ endpoints: endpointsOf([server.endpoint]) });
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

const call = "operation error Secrets Manager: GetSecretValue";
const failures: readonly (readonly [string, Answer, string, number])[] = [
  [
    "an error of the model, once",
    json(400, { __type: "ResourceNotFoundException", Message: "Secrets Manager can't find the specified secret." }),
    `${call}, https response error StatusCode: 400, RequestID: request-1, ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    1,
  ],
  [
    "a refusal, once",
    json(400, { __type: "com.amazon.coral.service#AccessDeniedException", Message: "User: x is not authorized" }),
    `${call}, https response error StatusCode: 400, RequestID: request-1, api error AccessDeniedException: User: x is not authorized`,
    1,
  ],
  [
    "a server's failure, after 3 attempts",
    json(500, { __type: "InternalServiceError", Message: "uhoh" }),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 500, RequestID: request-1, InternalServiceError: uhoh`,
    3,
  ],
  [
    "a throttled call, after 3 attempts",
    json(400, { __type: "ThrottlingException", Message: "Rate exceeded" }),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: request-1, api error ThrottlingException: Rate exceeded`,
    3,
  ],
  [
    "an answer that is no JSON, without quoting it",
    json(200, '{"SecretString":"hunter2'),
    `${call}, https response error StatusCode: 200, RequestID: request-1, deserialization failed, failed to decode response body`,
    1,
  ],
];

for (const [what, answer, expected, attempts] of failures) {
  test(`sdkSecretSources fails with ${what}`, async () => {
    await using server = await serve(answer);
    using sources = sdkSecretSources({ endpoints: endpointsOf([server.endpoint]) });
    const source = sources.as(credentials);
    const error = await failure(source.getSecretValue("us-east-1", { secretId: "x" }));
    assert.equal(sdkErrorText(getSecretValueOperation, error), expected);
    assert.equal(server.received.length, attempts);
    assert.equal(isConnectionFailure(error), false);
  });
}

test("sdkSecretSources gives up 3 times on a service that does not answer", async () => {
  await using server = await serve(() => {});
  using sources = sdkSecretSources({ endpoints: endpointsOf([server.endpoint]), requestTimeout: 100 });
  const source = sources.as(credentials);
  const error = await failure(source.getSecretValue("us-east-1", { secretId: "x" }));
  assert.equal(
    sdkErrorText(getSecretValueOperation, error),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
  );
  assert.equal(isConnectionFailure(error), true);
});

test("sdkSecretSources fails where nothing listens", async () => {
  const server = await serve(() => {});
  await server[Symbol.asyncDispose]();
  using sources = sdkSecretSources({ endpoints: endpointsOf([server.endpoint]) });
  const source = sources.as(credentials);
  const error = await failure(source.getSecretValue("us-east-1", { secretId: "x" }));
  assert.match(
    sdkErrorText(getSecretValueOperation, error),
    /StatusCode: 0, RequestID: , request send failed, connect /,
  );
  assert.equal(isConnectionFailure(error), true);
});
