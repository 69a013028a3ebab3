import { ApiError } from "../../model/api-error.ts";
import { lazySdk } from "../../model/lazy-sdk.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-cloudwatch-logs")>("@aws-sdk/client-cloudwatch-logs");

export function groupNotFound(): ApiError {
  return new ApiError(sdk().ResourceNotFoundException$, "The specified log group does not exist.");
}

export function streamNotFound(): ApiError {
  return new ApiError(sdk().ResourceNotFoundException$, "The specified log stream does not exist.");
}

export function resourceNotFound(message: string): ApiError {
  return new ApiError(sdk().ResourceNotFoundException$, message);
}

export function alreadyExists(what: "group" | "stream"): ApiError {
  return new ApiError(sdk().ResourceAlreadyExistsException$, `The specified log ${what} already exists`);
}

export function invalidParameter(message: string): ApiError {
  return new ApiError(sdk().InvalidParameterException$, message);
}

export function accessDenied(message: string): ApiError {
  return new ApiError(sdk().AccessDeniedException$, message);
}

export function limitExceeded(message: string): ApiError {
  return new ApiError(sdk().LimitExceededException$, message);
}

/** A part of AWS's API that is not here. */
export function unsupported(what: string): ApiError {
  return invalidParameter(`${what} is not implemented by Sealift`);
}

export function invalidNextToken(): ApiError {
  return invalidParameter("The specified nextToken is invalid.");
}

/** A query that cannot be run; `location` is the place of the mistake in it. */
export function malformedQuery(message: string, location?: { readonly start: number; readonly end: number }): ApiError {
  const { start: startCharOffset, end: endCharOffset } = location ?? {};
  return new ApiError(sdk().MalformedQueryException$, message, {
    ...(location && { queryCompileError: { location: { startCharOffset, endCharOffset }, message } }),
  });
}

export function queryNotFound(): ApiError {
  return resourceNotFound("The specified query does not exist.");
}
