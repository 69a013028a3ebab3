import { ListVirtualMFADevicesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onList } from "../entities/access.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export const listVirtualMfaDevices = operation(ListVirtualMFADevicesCommand)({
  access: (_input, call) => onList("iam:ListVirtualMFADevices", "mfa")({}, call),
  // There are no MFA devices here.
  async run(input) {
    readPage(input);
    return { VirtualMFADevices: [], IsTruncated: false };
  },
});
