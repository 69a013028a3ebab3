import { ListUserPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { listInlinePolicies } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies = operation(ListUserPoliciesCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    return await listInlinePolicies(store, existing(found), input);
  },
});
