import { ListAttachedGroupPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onGroup } from "../access.ts";
import type { Iam } from "../context.ts";
import { findGroup } from "../find.ts";
import { listAttachedPolicies } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html */
export const listAttachedGroupPolicies = operation(ListAttachedGroupPoliciesCommand)({
  access: onGroup("iam:ListAttachedGroupPolicies"),
  async run(input, { store }: Iam, call) {
    return await listAttachedPolicies(store, await findGroup(store, call, input.GroupName), input);
  },
});
