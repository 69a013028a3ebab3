import { GetGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findGroup } from "../entities/find.ts";
import { getInlinePolicy } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html */
export const getGroupPolicy = operation(GetGroupPolicyCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, input, { store }) {
    const group = existing(found);
    return { GroupName: group.name, ...(await getInlinePolicy(store, group, input.PolicyName)) };
  },
});
