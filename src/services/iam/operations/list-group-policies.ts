import { ListGroupPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onGroup } from "../access.ts";
import type { Iam } from "../context.ts";
import { findGroup } from "../find.ts";
import { listInlinePolicies } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html */
export const listGroupPolicies = operation(ListGroupPoliciesCommand)({
  access: onGroup("iam:ListGroupPolicies"),
  async run(input, { store }: Iam, call) {
    return await listInlinePolicies(store, await findGroup(store, call, input.GroupName), input);
  },
});
