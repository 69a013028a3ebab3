import {
  DeleteConflictException$,
  EntityAlreadyExistsException$,
  InvalidInputException$,
  LimitExceededException$,
  NoSuchEntityException$,
} from "@aws-sdk/client-iam";
import { ApiError } from "../../model/api-error.ts";
import type { EntityKind } from "./entities/entity.ts";

const titles: Readonly<Record<EntityKind, string>> = { role: "Role", user: "User", group: "Group" };

/** IAM's errors in AWS's words, where more than one operation answers them. */
export function noSuchEntity(kind: EntityKind, name: string): ApiError {
  return new ApiError(NoSuchEntityException$, `The ${kind} with name ${name} cannot be found.`);
}

export function noSuchInlinePolicy(kind: EntityKind, policyName: string): ApiError {
  return new ApiError(NoSuchEntityException$, `The ${kind} policy with name ${policyName} cannot be found.`);
}

export function entityExists(kind: EntityKind, name: string): ApiError {
  return new ApiError(EntityAlreadyExistsException$, `${titles[kind]} with name ${name} already exists.`);
}

export function noSuchPolicy(arn: string): ApiError {
  return new ApiError(NoSuchEntityException$, `Policy ${arn} was not found.`);
}

/** `what` is a policy, a version of one, or a permissions boundary. */
export function notAttachable(what: string): ApiError {
  return new ApiError(NoSuchEntityException$, `${what} does not exist or is not attachable.`);
}

export function accessDenied(message: string): ApiError {
  return new ApiError({ code: "AccessDenied", status: 403 }, message);
}

export function invalidArn(arn: string): ApiError {
  return new ApiError(InvalidInputException$, `ARN ${arn} is not valid.`);
}

export function invalidInput(message: string): ApiError {
  return new ApiError(InvalidInputException$, message);
}

export function quotaExceeded(quota: string, limit: number): ApiError {
  return new ApiError(LimitExceededException$, `Cannot exceed quota for ${quota}: ${limit}`);
}

export function limitExceeded(message: string): ApiError {
  return new ApiError(LimitExceededException$, message);
}

export function validationError(message: string): ApiError {
  return new ApiError({ code: "ValidationError", status: 400 }, message);
}

export function noSuchAccessKey(id: string): ApiError {
  return new ApiError(NoSuchEntityException$, `The Access Key with id ${id} cannot be found.`);
}

/** `first` is what is to be done before: `must detach all policies first`. */
export function cannotDelete(first: string): ApiError {
  return new ApiError(DeleteConflictException$, `Cannot delete entity, ${first}.`);
}
