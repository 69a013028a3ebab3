import { GetGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onGroup } from "./access.ts";
import { findGroup } from "./find.ts";
import type { Iam } from "./index.ts";
import { getInlinePolicy } from "./policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html */
export const getGroupPolicy = operation(GetGroupPolicyCommand)({
  access: onGroup("iam:GetGroupPolicy"),
  async run(input, { store }: Iam, call) {
    const group = await findGroup(store, call, input.GroupName);
    return { GroupName: group.name, ...(await getInlinePolicy(store, group, input.PolicyName)) };
  },
});
