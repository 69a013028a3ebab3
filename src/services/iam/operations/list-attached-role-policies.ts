import { ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findRole } from "../entities/find.ts";
import { listAttachedPolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies = operation(ListAttachedRolePoliciesCommand)({
  find: findRole,
  access: onEntity,
  async run(found, input, { store }) {
    return await listAttachedPolicies(store, existing(found), input);
  },
});
