import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../clock.ts";
import { endpointsOf } from "../link/endpoints.ts";
import { type Answer, json, serve } from "./json-server.fixture.ts";
import { getSecretValueOperation, isConnectionFailure, sdkErrorText } from "./sdk-error.ts";
import { type SecretSourceOptions, secretSources } from "./sources.ts";

const session = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "key", sessionToken: "token" };

/** Who makes the calls: each failure ends in the same words, after as many attempts. */
const callers: Readonly<Record<string, Partial<SecretSourceOptions>>> = {
  "calls of our own": {},
  "AWS's SDK": { credentials: async () => session },
};

async function failureOf(endpoint: string, change: Partial<SecretSourceOptions>) {
  using sources = secretSources({ endpoints: endpointsOf([endpoint]), clock: systemClock, ...change });
  const error = await sources
    .as(session)
    .getSecretValue("us-east-1", { secretId: "x" })
    .then(
      () => assert.fail("the call succeeded"),
      (reason: unknown) => reason,
    );
  return [sdkErrorText(getSecretValueOperation, error), isConnectionFailure(error)] as const;
}

const call = "operation error Secrets Manager: GetSecretValue";

function text(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "x-amzn-requestid": "request-1", ...headers });
    response.end(body);
  };
}

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
    "an error that only a header names",
    text(403, "{}", { "x-amzn-errortype": "InvalidRequestException:http://internal.amazon.com/" }),
    `${call}, https response error StatusCode: 403, RequestID: request-1, InvalidRequestException: UnknownError`,
    1,
  ],
  [
    "an error without a name",
    json(404, {}),
    `${call}, https response error StatusCode: 404, RequestID: request-1, api error Unknown: UnknownError`,
    1,
  ],
  [
    "a server's failure, after 3 attempts",
    json(500, { __type: "InternalServiceError", Message: "uhoh" }),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 500, RequestID: request-1, InternalServiceError: uhoh`,
    3,
  ],
  [
    "a server that could fail for good, once",
    json(501, { __type: "NotImplemented", message: "uhoh" }),
    `${call}, https response error StatusCode: 501, RequestID: request-1, api error NotImplemented: uhoh`,
    1,
  ],
  [
    "a throttled call, after 3 attempts",
    json(400, { __type: "ThrottlingException", Message: "Rate exceeded" }),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: request-1, api error ThrottlingException: Rate exceeded`,
    3,
  ],
  [
    "too many requests, after 3 attempts",
    text(429, '{"message":"slower"}', { "retry-after": "0" }),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 429, RequestID: request-1, api error Unknown: slower`,
    3,
  ],
  [
    "a proxy's page, after 3 attempts",
    text(503, "<html>hunter2</html>", { "content-type": "text/html" }),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 503, RequestID: request-1, deserialization failed, failed to decode response body`,
    3,
  ],
  [
    "an answer that is no JSON, without quoting it",
    json(200, '{"SecretString":"hunter2'),
    `${call}, https response error StatusCode: 200, RequestID: request-1, deserialization failed, failed to decode response body`,
    1,
  ],
  [
    "an answer that breaks off, after 3 attempts",
    (response) => {
      response.writeHead(200, { "content-length": 100, "x-amzn-requestid": "request-1" });
      response.write('{"SecretString":"hunter2', () => response.destroy());
    },
    `${call}, https response error StatusCode: 200, RequestID: request-1, deserialization failed, failed to decode response body`,
    3,
  ],
  [
    "a connection that ends before the answer, after 3 attempts",
    (response) => void response.destroy(),
    `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
    3,
  ],
];

for (const [who, change] of Object.entries(callers)) {
  for (const [what, answer, expected, attempts] of failures) {
    test(`a secret's call by ${who} fails with ${what}`, async () => {
      await using server = await serve(answer);
      assert.deepEqual(await failureOf(server.endpoint, change), [expected, expected.includes("StatusCode: 0")]);
      assert.equal(server.received.length, attempts);
    });
  }

  test(`a secret's call by ${who} gives up 3 times on a service that does not answer`, async () => {
    await using server = await serve(() => {});
    assert.deepEqual(await failureOf(server.endpoint, { ...change, requestTimeout: 100 }), [
      `${call}, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
      true,
    ]);
  });

  test(`a secret's call by ${who} fails where nothing listens`, async () => {
    const server = await serve(() => {});
    await server[Symbol.asyncDispose]();
    const [reason, isConnection] = await failureOf(server.endpoint, change);
    assert.match(reason, /StatusCode: 0, RequestID: , request send failed, connect /);
    assert.equal(isConnection, true);
  });

  test(`a secret's call by ${who} is signed with the server's time where the clocks differ`, async () => {
    const times: number[] = [];
    await using server = await serve((response, { date }) => {
      times.push(date);
      const ahead = Date.now() + 3_600_000;
      const isLate = Math.abs(date - ahead) > 300_000;
      const body = isLate ? { __type: "InvalidSignatureException", message: "not current" } : { SecretString: "v" };
      response.writeHead(isLate ? 400 : 200, { date: new Date(ahead).toUTCString() });
      response.end(JSON.stringify(body));
    });
    using sources = secretSources({ endpoints: endpointsOf([server.endpoint]), clock: systemClock, ...change });
    for (const secretId of ["x", "y"]) {
      assert.deepEqual(await sources.as(session).getSecretValue("us-east-1", { secretId }), { secretString: "v" });
    }
    assert.equal(times.length, 3, "only the first call is made twice");
  });
}
