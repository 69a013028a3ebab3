import { ListAttachedGroupPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findGroup } from "../entities/find.ts";
import { listAttachedPolicies } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html */
export const listAttachedGroupPolicies = operation(ListAttachedGroupPoliciesCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, input, { store }) {
    return await listAttachedPolicies(store, existing(found), input);
  },
});
