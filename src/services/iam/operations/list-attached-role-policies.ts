import { ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { listAttachedPolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies = operation(ListAttachedRolePoliciesCommand)({
  access: onRole("iam:ListAttachedRolePolicies"),
  async run(input, { store }: Iam, call) {
    return await listAttachedPolicies(store, await findRole(store, call, input.RoleName), input);
  },
});
