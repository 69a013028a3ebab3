import { ListAttachedUserPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { listAttachedPolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies = operation(ListAttachedUserPoliciesCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    return await listAttachedPolicies(store, existing(found), input);
  },
});
