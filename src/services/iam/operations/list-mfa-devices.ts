import { ListMFADevicesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { isRootItself, onUser, userNameOf } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
export const listMfaDevices = operation(ListMFADevicesCommand)({
  access: (input, call, context: Iam) =>
    isRootItself(input, call)
      ? { action: "iam:ListMFADevices", resource: "*" }
      : onUser("iam:ListMFADevices")(input, call, context),
  // There are no MFA devices here; who deletes a user asks for them first.
  async run(input, { store }, call) {
    readPage(input);
    if (!isRootItself(input, call)) await findUser(store, call, userNameOf(input, call));
    return { MFADevices: [], IsTruncated: false };
  },
});
