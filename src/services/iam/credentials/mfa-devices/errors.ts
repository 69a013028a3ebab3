import { InvalidAuthenticationCodeException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../../model/api-error.ts";
import { noSuch } from "../../errors.ts";

export function noSuchDevice(serialNumber: string): ApiError {
  return noSuch(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`);
}

export function notTheUsers(): ApiError {
  return noSuch("MFA Device invalid for user.");
}

export function wrongCode(): ApiError {
  return new ApiError(InvalidAuthenticationCodeException$, "Authentication code for device is not valid.");
}
