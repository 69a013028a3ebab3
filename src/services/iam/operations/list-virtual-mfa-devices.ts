import { ListVirtualMFADevicesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export const listVirtualMfaDevices = operation(ListVirtualMFADevicesCommand)({
  access: (_found, _input, call) => onPath("mfa")(undefined, {}, call),
  // This server has no MFA devices.
  async run(_found, input) {
    readPage(input);
    return { VirtualMFADevices: [], IsTruncated: false };
  },
});
