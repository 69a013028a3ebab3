import { UntagMFADeviceCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { findMfaDevice, onMfaDevice, unchangedMfaDevice } from "../credentials/mfa-devices/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html */
export const untagMfaDevice = operation(UntagMFADeviceCommand)({
  find: findMfaDevice,
  access: (found, input, call) => onMfaDevice(found, input, call, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const { serialNumber, tags } = await unchangedMfaDevice(store, found);
      await store.mfaDevices.setTags(serialNumber, casedTags.remove(tags, input.TagKeys));
    });
    return {};
  },
});
