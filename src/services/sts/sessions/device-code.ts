import { accessDenied } from "../../../model/common-errors.ts";

/** Sealift has no multi-factor authentication, so no code is valid. */
export function refuseDeviceCode(input: { readonly SerialNumber?: string; readonly TokenCode?: string }): void {
  if (input.SerialNumber === undefined && input.TokenCode === undefined) return;
  if (input.SerialNumber === undefined || input.TokenCode === undefined) {
    throw accessDenied("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");
  }
  throw accessDenied(
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
  );
}
