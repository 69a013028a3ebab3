import { ListAttachedUserPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onUser } from "../access.ts";
import type { Iam } from "../context.ts";
import { findUser } from "../find.ts";
import { listAttachedPolicies } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies = operation(ListAttachedUserPoliciesCommand)({
  access: onUser("iam:ListAttachedUserPolicies"),
  async run(input, { store }: Iam, call) {
    return await listAttachedPolicies(store, await findUser(store, call, input.UserName), input);
  },
});
