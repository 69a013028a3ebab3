import { DeactivateMFADeviceCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { deviceOf } from "../credentials/mfa-devices/find.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html */
export const deactivateMfaDevice = operation(DeactivateMFADeviceCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      const { serialNumber } = await deviceOf(store, user, input.SerialNumber);
      await store.mfaDevices.unassign(serialNumber);
    });
    return {};
  },
});
