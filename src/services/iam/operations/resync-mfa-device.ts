import { ResyncMFADeviceCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { clockOfCodes } from "../credentials/mfa-devices/codes.ts";
import { wrongCode } from "../credentials/mfa-devices/errors.ts";
import { deviceOf } from "../credentials/mfa-devices/find.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html */
export const resyncMfaDevice = operation(ResyncMFADeviceCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      const { serialNumber } = await deviceOf(store, user, input.SerialNumber);
      const { seed, lastStep } = await store.mfaDevices.secrets(serialNumber);
      const clock = clockOfCodes(seed, input, call.time);
      if (clock.lastStep <= lastStep) throw wrongCode();
      await store.mfaDevices.setClock(serialNumber, clock);
    });
    return {};
  },
});
