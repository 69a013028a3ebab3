import { GetGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onGroup } from "../access.ts";
import type { Iam } from "../context.ts";
import { findGroup } from "../find.ts";
import { getInlinePolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html */
export const getGroupPolicy = operation(GetGroupPolicyCommand)({
  access: onGroup("iam:GetGroupPolicy"),
  async run(input, { store }: Iam, call) {
    const group = await findGroup(store, call, input.GroupName);
    return { GroupName: group.name, ...(await getInlinePolicy(store, group, input.PolicyName)) };
  },
});
