import {
  ConcurrentModificationException$,
  DeleteConflictException$,
  InvalidInputException$,
  LimitExceededException$,
  NoSuchEntityException$,
} from "@aws-sdk/client-iam";
import { ApiError } from "../../model/api-error.ts";

/** IAM's errors in AWS's words. Those of one noun are in its folder. */
export function noSuch(message: string): ApiError {
  return new ApiError(NoSuchEntityException$, message);
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

/** `first` is what the caller has to do before: `must detach all policies first`. */
export function cannotDelete(first: string): ApiError {
  return new ApiError(DeleteConflictException$, `Cannot delete entity, ${first}.`);
}

export function concurrentModification(): ApiError {
  return new ApiError(
    ConcurrentModificationException$,
    "The request was rejected because multiple requests to change this object were submitted simultaneously. Wait a few minutes and submit your request again.",
  );
}
