import { ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onRole } from "../access.ts";
import type { Iam } from "../context.ts";
import { findRole } from "../find.ts";
import { listInlinePolicies } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies = operation(ListRolePoliciesCommand)({
  access: onRole("iam:ListRolePolicies"),
  async run(input, { store }: Iam, call) {
    return await listInlinePolicies(store, await findRole(store, call, input.RoleName), input);
  },
});
