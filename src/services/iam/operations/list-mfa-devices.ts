import { ListMFADevicesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUserOrRoot } from "../entities/find.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
export const listMfaDevices = operation(ListMFADevicesCommand)({
  find: findUserOrRoot,
  access: (found, input, call) => (found ? onEntity(found, input, call) : { resource: "*" }),
  // This server has no MFA devices; clients that delete a user ask for them first.
  async run(found, input) {
    readPage(input);
    if (found) existing(found);
    return { MFADevices: [], IsTruncated: false };
  },
});
