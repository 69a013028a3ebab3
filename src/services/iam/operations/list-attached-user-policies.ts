import { ListAttachedUserPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { listAttachedPolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies = operation(ListAttachedUserPoliciesCommand)({
  access: onUser("iam:ListAttachedUserPolicies"),
  async run(input, { store }: Iam, call) {
    return await listAttachedPolicies(store, await findUser(store, call, input.UserName), input);
  },
});
