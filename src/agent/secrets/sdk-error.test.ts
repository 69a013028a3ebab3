import assert from "node:assert/strict";
import { test } from "node:test";
import { getParametersOperation, getSecretValueOperation, isConnectionFailure, sdkErrorText } from "./sdk-error.ts";

function sdkError(name: string, message: string, $metadata: object): Error {
  return Object.assign(new Error(message), { name, $metadata });
}

const id = "d45b80b7-7a19-49eb-8fd2-44305bb5e5d7";
const denied =
  "User: arn:aws:sts::111122223333:assumed-role/execution/t is not authorized to perform: secretsmanager:GetSecretValue";
const secretsManager = "operation error Secrets Manager: GetSecretValue";

const vectors: readonly (readonly [string, Error, string])[] = [
  [
    "an error of the service's own model",
    sdkError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", {
      httpStatusCode: 400,
      requestId: id,
      attempts: 1,
    }),
    `${secretsManager}, https response error StatusCode: 400, RequestID: ${id}, ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
  ],
  [
    "an error outside the model",
    sdkError("AccessDeniedException", denied, { httpStatusCode: 400, requestId: id, attempts: 1 }),
    `${secretsManager}, https response error StatusCode: 400, RequestID: ${id}, api error AccessDeniedException: ${denied}`,
  ],
  [
    "an error that all attempts ended in",
    sdkError("InternalServiceError", "uhoh", { httpStatusCode: 500, requestId: id, attempts: 3 }),
    `${secretsManager}, exceeded maximum number of attempts, 3, https response error StatusCode: 500, RequestID: ${id}, InternalServiceError: uhoh`,
  ],
  [
    "throttling",
    sdkError("ThrottlingException", "Rate exceeded", { httpStatusCode: 400, requestId: id, attempts: 3 }),
    `${secretsManager}, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: ${id}, api error ThrottlingException: Rate exceeded`,
  ],
  [
    "a refusal after two throttled attempts",
    sdkError("AccessDeniedException", denied, { httpStatusCode: 400, attempts: 3 }),
    `${secretsManager}, https response error StatusCode: 400, RequestID: , api error AccessDeniedException: ${denied}`,
  ],
  [
    "a refused connection",
    sdkError("Error", "connect ECONNREFUSED 127.0.0.1:1", { attempts: 3 }),
    `${secretsManager}, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, connect ECONNREFUSED 127.0.0.1:1`,
  ],
  [
    "a timeout",
    sdkError("TimeoutError", "too slow", { attempts: 3 }),
    `${secretsManager}, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
  ],
  ["an error that is not the SDK's", new Error("error response"), "error response"],
];

for (const [what, error, expected] of vectors) {
  test(`sdkErrorText words ${what} as the Go SDK does`, () => {
    assert.equal(sdkErrorText(getSecretValueOperation, error), expected);
  });
}

test("sdkErrorText keeps an unreadable answer to itself", () => {
  const error = new SyntaxError("Unexpected token 'h', \"hunter2\" is not valid JSON");
  const unreadable = Object.assign(error, { $metadata: { attempts: 1 }, $response: { statusCode: 200 } });
  assert.equal(
    sdkErrorText(getParametersOperation, unreadable),
    "operation error SSM: GetParameters, https response error StatusCode: 200, RequestID: , deserialization failed, failed to decode response body",
  );
  assert.equal(isConnectionFailure(unreadable), false);
});

test("isConnectionFailure tells an unreachable service from one that refuses", () => {
  assert.equal(isConnectionFailure(sdkError("TimeoutError", "x", { attempts: 3 })), true);
  assert.equal(isConnectionFailure(sdkError("AccessDeniedException", "x", { httpStatusCode: 400 })), false);
  assert.equal(isConnectionFailure(new Error("x")), false);
});
