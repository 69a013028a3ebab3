import { UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { FoundKey } from "../keys/find.ts";
import { isReplica } from "../keys/key.ts";

/** Refuses a key that is never rotated: AWS says nothing more of those that are not for symmetric encryption. */
export function refuseUnrotatable({ key }: FoundKey): void {
  if (key.spec !== "SYMMETRIC_DEFAULT") throw new ApiError(UnsupportedOperationException$, "");
}

/** Refuses a key that is not rotated by itself. */
export function refuseWithoutAutomaticRotation(found: FoundKey): void {
  refuseUnrotatable(found);
  if (found.key.origin !== "AWS_KMS") throw wrongOrigin(found);
}

export function wrongOrigin({ key, arn }: FoundKey): ApiError {
  const message = `${arn} origin is ${key.origin} which is not valid for this operation.`;
  return new ApiError(UnsupportedOperationException$, message);
}

/** What is the same in all regions of a multi-Region key is decided in its primary's. */
export function refuseReplica({ key, arn }: FoundKey): void {
  if (isReplica(key)) throw notPrimary(arn);
}

export function notPrimary(arn: string): ApiError {
  return new ApiError(UnsupportedOperationException$, `${arn} is not a multi-region primary key.`);
}
