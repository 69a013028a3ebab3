import { UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { FoundKey } from "../keys/find.ts";
import { isReplica } from "../keys/key.ts";

/** Only symmetric encryption keys are rotated. AWS's refusal has no message. */
export function refuseUnrotatable({ key }: FoundKey): void {
  if (key.spec !== "SYMMETRIC_DEFAULT") throw new ApiError(UnsupportedOperationException$, "");
}

/** Imported material is not rotated automatically. */
export function refuseWithoutAutomaticRotation(found: FoundKey): void {
  refuseUnrotatable(found);
  if (found.key.origin !== "AWS_KMS") throw wrongOrigin(found);
}

export function wrongOrigin({ key, arn }: FoundKey): ApiError {
  const message = `${arn} origin is ${key.origin} which is not valid for this operation.`;
  return new ApiError(UnsupportedOperationException$, message);
}

/** The things that all regions of a multi-Region key share are changed in its primary's. */
export function refuseReplica({ key, arn }: FoundKey): void {
  if (isReplica(key)) throw notPrimary(arn);
}

export function notPrimary(arn: string): ApiError {
  return new ApiError(UnsupportedOperationException$, `${arn} is not a multi-region primary key.`);
}
