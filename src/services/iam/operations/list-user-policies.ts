import { ListUserPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { listInlinePolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies = operation(ListUserPoliciesCommand)({
  access: onUser("iam:ListUserPolicies"),
  async run(input, { store }: Iam, call) {
    return await listInlinePolicies(store, await findUser(store, call, input.UserName), input);
  },
});
