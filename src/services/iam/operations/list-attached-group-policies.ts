import { ListAttachedGroupPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup } from "../entities/find.ts";
import { listAttachedPolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html */
export const listAttachedGroupPolicies = operation(ListAttachedGroupPoliciesCommand)({
  access: onGroup("iam:ListAttachedGroupPolicies"),
  async run(input, { store }: Iam, call) {
    return await listAttachedPolicies(store, await findGroup(store, call, input.GroupName), input);
  },
});
