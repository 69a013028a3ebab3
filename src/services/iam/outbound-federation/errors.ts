import { FeatureDisabledException$, FeatureEnabledException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";

/** AWS's documentation describes these errors; its own words for them are not known. */
export function featureDisabled(): ApiError {
  return new ApiError(FeatureDisabledException$, "Outbound identity federation is not enabled for this account");
}

export function featureEnabled(): ApiError {
  return new ApiError(FeatureEnabledException$, "Outbound identity federation is already enabled for this account");
}
