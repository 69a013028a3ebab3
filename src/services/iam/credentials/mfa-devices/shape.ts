import type { MFADevice, VirtualMFADevice } from "@aws-sdk/client-iam";
import { defined } from "../../../../defined.ts";
import type { Call } from "../../../../model/call.ts";
import type { User } from "../../entities/entity.ts";
import { userSummary } from "../../entities/shape.ts";
import type { MfaDevice } from "./mfa-device.ts";

/** A device in the list of an account's. Its seed is never shown again. */
export function virtualMfaDevice(
  call: Pick<Call, "partition">,
  { serialNumber, assigned }: MfaDevice,
  user: User | undefined,
): VirtualMFADevice {
  return {
    SerialNumber: serialNumber,
    ...defined({ User: user && userSummary(call, user), EnableDate: assigned?.enabledAt }),
  };
}

/** A device in the list of a user's. */
export function mfaDevice(user: User, { serialNumber, assigned }: MfaDevice): MFADevice {
  return { UserName: user.name, SerialNumber: serialNumber, EnableDate: assigned?.enabledAt };
}
