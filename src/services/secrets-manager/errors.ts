import {
  InvalidNextTokenException$,
  InvalidParameterException$,
  InvalidRequestException$,
  ResourceExistsException$,
  ResourceNotFoundException$,
} from "@aws-sdk/client-secrets-manager";
import { ApiError } from "../../model/api-error.ts";
import type { Secret } from "./secrets/secret.ts";

export function invalidParameter(message: string): ApiError {
  return new ApiError(InvalidParameterException$, message);
}

export function invalidRequest(message: string): ApiError {
  return new ApiError(InvalidRequestException$, message);
}

export function invalidName(): ApiError {
  return validation(
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
  );
}

export function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}

export function accessDenied(message: string): ApiError {
  return new ApiError({ code: "AccessDeniedException", status: 400 }, message);
}

export function secretNotFound(): ApiError {
  return new ApiError(ResourceNotFoundException$, "Secrets Manager can't find the specified secret.");
}

/** `what` is `staging label: …` or `VersionId: …`. */
export function valueNotFound(what: string): ApiError {
  return new ApiError(ResourceNotFoundException$, `Secrets Manager can't find the specified secret value for ${what}`);
}

export function invalidNextToken(): ApiError {
  return new ApiError(InvalidNextTokenException$, "The NextToken value is invalid.");
}

export function secretExists(name: string): ApiError {
  return new ApiError(ResourceExistsException$, `The operation failed because the secret ${name} already exists.`);
}

export function tokenInUse(token: string, secret: Secret): ApiError {
  return new ApiError(
    ResourceExistsException$,
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.arn}.`,
  );
}

/** Throws where the secret waits for its deletion. */
export function refuseMarkedForDeletion(secret: Secret): void {
  if (secret.deletesAt === undefined) return;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

/** Throws where the secret is a replica: it changes with its primary only. */
export function refuseReplica(secret: Secret): void {
  if (secret.primaryRegion === undefined) return;
  throw invalidParameter("Operation not permitted on a replica secret. Call must be made in primary secret's region.");
}

/** Throws where the secret is a replica or waits for its deletion. */
export function refuseUnchangeable(secret: Secret): void {
  refuseReplica(secret);
  refuseMarkedForDeletion(secret);
}
