import { ListGroupPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup } from "../entities/find.ts";
import { listInlinePolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html */
export const listGroupPolicies = operation(ListGroupPoliciesCommand)({
  access: onGroup("iam:ListGroupPolicies"),
  async run(input, { store }: Iam, call) {
    return await listInlinePolicies(store, await findGroup(store, call, input.GroupName), input);
  },
});
