import { TagMFADeviceCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { findMfaDevice, onMfaDevice, unchangedMfaDevice } from "../credentials/mfa-devices/find.ts";
import { casedTags, requestTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html */
export const tagMfaDevice = operation(TagMFADeviceCommand)({
  find: async (input, call, context: Iam) => ({
    tags: casedTags.read(input.Tags),
    ...(await findMfaDevice(input, call, context)),
  }),
  access: (found, input, call) => onMfaDevice(found, input, call, requestTags(found.tags)),
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { serialNumber, tags } = await unchangedMfaDevice(store, found);
      await store.mfaDevices.setTags(serialNumber, casedTags.merge(tags, found.tags));
    });
    return {};
  },
});
