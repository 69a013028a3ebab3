import { GetGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup } from "../entities/find.ts";
import { getInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html */
export const getGroupPolicy = operation(GetGroupPolicyCommand)({
  access: onGroup("iam:GetGroupPolicy"),
  async run(input, { store }: Iam, call) {
    const group = await findGroup(store, call, input.GroupName);
    return { GroupName: group.name, ...(await getInlinePolicy(store, group, input.PolicyName)) };
  },
});
