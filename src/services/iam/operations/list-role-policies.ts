import { ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { listInlinePolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies = operation(ListRolePoliciesCommand)({
  access: onRole("iam:ListRolePolicies"),
  async run(input, { store }: Iam, call) {
    return await listInlinePolicies(store, await findRole(store, call, input.RoleName), input);
  },
});
