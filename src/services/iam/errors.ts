import { ApiError } from "../../model/api-error.ts";
import { lazySdk } from "../../model/lazy-sdk.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-iam")>("@aws-sdk/client-iam");

/** IAM's errors in AWS's words. Those of one noun are in its folder. */
export function noSuch(message: string): ApiError {
  return new ApiError(sdk().NoSuchEntityException$, message);
}

export function invalidArn(arn: string): ApiError {
  return new ApiError(sdk().InvalidInputException$, `ARN ${arn} is not valid.`);
}

export function invalidInput(message: string): ApiError {
  return new ApiError(sdk().InvalidInputException$, message);
}

export function quotaExceeded(quota: string, limit: number): ApiError {
  return new ApiError(sdk().LimitExceededException$, `Cannot exceed quota for ${quota}: ${limit}`);
}

export function limitExceeded(message: string): ApiError {
  return new ApiError(sdk().LimitExceededException$, message);
}

/** `first` is what the caller has to do before: `must detach all policies first`. */
export function cannotDelete(first: string): ApiError {
  return new ApiError(sdk().DeleteConflictException$, `Cannot delete entity, ${first}.`);
}

export function concurrentModification(): ApiError {
  return new ApiError(
    sdk().ConcurrentModificationException$,
    "The request was rejected because multiple requests to change this object were submitted simultaneously. Wait a few minutes and submit your request again.",
  );
}
