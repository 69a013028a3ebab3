import {
  InvalidParameterException$,
  LimitExceededException$,
  ResourceAlreadyExistsException$,
  ResourceNotFoundException$,
} from "@aws-sdk/client-cloudwatch-logs";
import { ApiError } from "../../model/api-error.ts";

export function groupNotFound(): ApiError {
  return new ApiError(ResourceNotFoundException$, "The specified log group does not exist.");
}

export function streamNotFound(): ApiError {
  return new ApiError(ResourceNotFoundException$, "The specified log stream does not exist.");
}

export function resourceNotFound(message: string): ApiError {
  return new ApiError(ResourceNotFoundException$, message);
}

export function alreadyExists(what: "group" | "stream"): ApiError {
  return new ApiError(ResourceAlreadyExistsException$, `The specified log ${what} already exists`);
}

export function invalidParameter(message: string): ApiError {
  return new ApiError(InvalidParameterException$, message);
}

export function limitExceeded(message: string): ApiError {
  return new ApiError(LimitExceededException$, message);
}

/** A part of AWS's API that is not here. */
export function unsupported(what: string): ApiError {
  return invalidParameter(`${what} is not implemented by Sealift`);
}

export function invalidNextToken(): ApiError {
  return invalidParameter("The specified nextToken is invalid.");
}
