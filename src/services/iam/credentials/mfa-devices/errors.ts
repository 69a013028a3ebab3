import { ApiError } from "../../../../model/api-error.ts";
import { lazySdk } from "../../../../model/lazy-sdk.ts";
import { noSuch } from "../../errors.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-iam")>("@aws-sdk/client-iam");

export function noSuchDevice(serialNumber: string): ApiError {
  return noSuch(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`);
}

export function notTheUsers(): ApiError {
  return noSuch("MFA Device invalid for user.");
}

export function wrongCode(): ApiError {
  return new ApiError(sdk().InvalidAuthenticationCodeException$, "Authentication code for device is not valid.");
}
