import { ListMFADeviceTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingMfaDevice, findMfaDevice, onMfaDevice } from "../credentials/mfa-devices/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html */
export const listMfaDeviceTags = operation(ListMFADeviceTagsCommand)({
  find: findMfaDevice,
  access: onMfaDevice,
  async run(found, input) {
    return listTags(existingMfaDevice(found).tags, input);
  },
});
