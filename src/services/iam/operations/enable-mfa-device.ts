import { EnableMFADeviceCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { clockOfCodes } from "../credentials/mfa-devices/codes.ts";
import { existingMfaDevice } from "../credentials/mfa-devices/find.ts";
import { mostDevices } from "../credentials/mfa-devices/mfa-device.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html */
export const enableMfaDevice = operation(EnableMFADeviceCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }, call) {
    await store.transaction(async ({ mfaDevices, ...store }) => {
      const user = await unchanged({ ...store, mfaDevices }, found);
      const { SerialNumber: serialNumber } = input;
      const device = existingMfaDevice({ serialNumber, device: await mfaDevices.find(call.account, serialNumber) });
      if (device.assigned) throw new ApiError(EntityAlreadyExistsException$, "MFA Device is already in use.");
      if ((await mfaDevices.listOf(user.id)).length >= mostDevices) {
        throw quotaExceeded("MFADevicesPerUser", mostDevices);
      }
      const { seed, lastStep } = await mfaDevices.secrets(serialNumber);
      const clock = clockOfCodes(seed, input, call.time);
      // A code that somebody used before the device was deactivated stays used.
      const known = { ...clock, lastStep: Math.max(clock.lastStep, lastStep) };
      await mfaDevices.assign(serialNumber, user.id, wholeSeconds(call.time), known);
    });
    return {};
  },
});
