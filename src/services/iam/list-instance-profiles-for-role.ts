import { ListInstanceProfilesForRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onRole } from "./access.ts";
import { findRole } from "./find.ts";
import type { Iam } from "./index.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export const listInstanceProfilesForRole = operation(ListInstanceProfilesForRoleCommand)({
  access: onRole("iam:ListInstanceProfilesForRole"),
  // There are no instance profiles here; who deletes a role asks for them first.
  async run(input, { store }: Iam, call) {
    await findRole(store, call, input.RoleName);
    return { InstanceProfiles: [], IsTruncated: false };
  },
});
