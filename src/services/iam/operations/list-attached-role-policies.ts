import { ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onRole } from "../access.ts";
import type { Iam } from "../context.ts";
import { findRole } from "../find.ts";
import { listAttachedPolicies } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies = operation(ListAttachedRolePoliciesCommand)({
  access: onRole("iam:ListAttachedRolePolicies"),
  async run(input, { store }: Iam, call) {
    return await listAttachedPolicies(store, await findRole(store, call, input.RoleName), input);
  },
});
