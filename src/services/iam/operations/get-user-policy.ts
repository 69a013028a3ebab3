import { GetUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { getInlinePolicy } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy = operation(GetUserPolicyCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    const user = existing(found);
    return { UserName: user.name, ...(await getInlinePolicy(store, user, input.PolicyName)) };
  },
});
