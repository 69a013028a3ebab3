import { DeleteConflictException$, DeleteVirtualMFADeviceCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { findMfaDevice, onMfaDevice, unchangedMfaDevice } from "../credentials/mfa-devices/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html */
export const deleteVirtualMfaDevice = operation(DeleteVirtualMFADeviceCommand)({
  find: findMfaDevice,
  access: onMfaDevice,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { serialNumber, assigned } = await unchangedMfaDevice(store, found);
      if (assigned) {
        throw new ApiError(DeleteConflictException$, "MFA VirtualDevice in use. Must deactivate first.");
      }
      await store.mfaDevices.delete(serialNumber);
    });
    return {};
  },
});
