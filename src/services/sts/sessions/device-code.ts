import type { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { accessDenied } from "../../../model/common-errors.ts";
import { checkDeviceCode, type IamStore } from "../../iam/index.ts";

/** A right code of a multi-factor device that the calling user has, which is not used up yet. */
export interface DeviceCode {
  readonly serialNumber: string;
  readonly userId: string;
  readonly step: number;
}

type Devices = Pick<IamStore, "mfaDevices">;

/** The code that a request shows, if any. Refuses one that is wrong or not of the caller's device. */
export async function findDeviceCode(
  iam: Devices,
  { principal: { kind, account, userId }, time }: Call,
  { SerialNumber: serialNumber, TokenCode: code }: { readonly SerialNumber?: string; readonly TokenCode?: string },
): Promise<DeviceCode | undefined> {
  if (serialNumber === undefined && code === undefined) return undefined;
  if (serialNumber === undefined || code === undefined) {
    throw accessDenied("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");
  }
  const found =
    kind === "user" ? await checkDeviceCode(iam, { account, userId, serialNumber, code }, time) : "not the user's";
  if (found === "wrong") throw wrongCode();
  if (found === "not the user's") {
    throw accessDenied(
      "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    );
  }
  return { serialNumber, userId, step: found.step };
}

/** Uses a code up. Refuses one that another request used meanwhile. */
export async function useDeviceCode({ mfaDevices }: Devices, code: DeviceCode | undefined): Promise<void> {
  if (code && !(await mfaDevices.useStep(code.serialNumber, code.userId, code.step))) throw wrongCode();
}

function wrongCode(): ApiError {
  return accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
}
