/** An AWS operation as the Go SDK names it, with the errors that its model gives a type of their own. */
export interface SdkOperation {
  readonly service: string;
  readonly operation: string;
  readonly modelled: readonly string[];
}

export const getSecretValueOperation: SdkOperation = {
  service: "Secrets Manager",
  operation: "GetSecretValue",
  modelled: [
    "DecryptionFailure",
    "InternalServiceError",
    "InvalidParameterException",
    "InvalidRequestException",
    "ResourceNotFoundException",
  ],
};

export const getParametersOperation: SdkOperation = {
  service: "SSM",
  operation: "GetParameters",
  modelled: ["InternalServerError", "InvalidKeyId"],
};

export const getParametersByPathOperation: SdkOperation = {
  service: "SSM",
  operation: "GetParametersByPath",
  modelled: [
    "InternalServerError",
    "InvalidFilterKey",
    "InvalidFilterOption",
    "InvalidFilterValue",
    "InvalidKeyId",
    "InvalidNextToken",
  ],
};

export const getAuthorizationTokenOperation: SdkOperation = {
  service: "ECR",
  operation: "GetAuthorizationToken",
  modelled: ["InvalidParameterException", "ServerException"],
};

const maximumAttempts = 3;
const throttled = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|PriorRequestNotComplete/;

/**
 * The text that AWS's SDK for Go v2 gives the same failure, since that is what people find in a stopped task's reason:
 * `operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: …, api error AccessDeniedException: …`.
 * An error that does not come from the SDK is its own message.
 */
export function sdkErrorText(operation: SdkOperation, error: unknown): string {
  const { name, message, metadata } = fieldsOf(error);
  if (metadata === undefined) return message;
  const { status, requestId, attempts } = metadata;
  const retried = status === undefined || status >= 500 || status === 429 || throttled.test(name);
  const exceeded = retried && attempts >= maximumAttempts;
  return [
    `operation error ${operation.service}: ${operation.operation}`,
    ...(exceeded ? [`exceeded maximum number of attempts, ${attempts}`] : []),
    `https response error StatusCode: ${status ?? 0}`,
    `RequestID: ${requestId}`,
    causeText(operation, error, status),
  ].join(", ");
}

/** The service was never reached, or did not answer in time. */
export function isConnectionFailure(error: unknown): boolean {
  const { metadata } = fieldsOf(error);
  return metadata !== undefined && metadata.status === undefined && !isUnreadableAnswer(error);
}

/** The error's code, such as `ResourceNotFoundException`. */
export function sdkErrorName(error: unknown): string {
  return fieldsOf(error).name;
}

function causeText(operation: SdkOperation, error: unknown, status: number | undefined): string {
  const { name, message } = fieldsOf(error);
  // JavaScript's message about JSON it cannot read quotes that JSON, which may hold a secret.
  if (isUnreadableAnswer(error)) return "deserialization failed, failed to decode response body";
  if (name === "TimeoutError") return "canceled, context deadline exceeded";
  if (status === undefined) return `request send failed, ${message}`;
  return `${operation.modelled.includes(name) ? "" : "api error "}${name}: ${message}`;
}

function isUnreadableAnswer(error: unknown): boolean {
  const status = fieldsOf(error).metadata?.status;
  return error instanceof SyntaxError || (status !== undefined && status < 300);
}

function fieldsOf(error: unknown) {
  if (!(error instanceof Error)) return { name: "", message: String(error), metadata: undefined };
  const { $metadata, $response } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number };
    readonly $response?: { readonly statusCode?: number };
  };
  const metadata = $metadata && {
    status: $metadata.httpStatusCode ?? $response?.statusCode,
    requestId: $metadata.requestId ?? "",
    attempts: $metadata.attempts ?? 1,
  };
  return { name: error.name, message: error.message, metadata };
}
