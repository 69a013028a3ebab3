import { ListGroupPoliciesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findGroup } from "../entities/find.ts";
import { listInlinePolicies } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html */
export const listGroupPolicies = operation(ListGroupPoliciesCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, input, { store }) {
    return await listInlinePolicies(store, existing(found), input);
  },
});
