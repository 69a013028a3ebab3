import { GetResourcePoliciesCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { invalidParameter, policyHash, sharedParameter, sharingAccess } from "../policies/shared-parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetResourcePolicies.html */
export const getResourcePolicies = operation(GetResourcePoliciesCommand)({
  access: (input, call, context: Ssm) => sharingAccess("GetResourcePolicies", input.ResourceArn, call, context),
  async run(input, _context, call) {
    const { resourcePolicy: policy } = sharedParameter(call);
    // There is one policy at most, and so no second page.
    if (input.NextToken !== undefined) throw invalidParameter("NextToken", "The specified token isn't valid.");
    return {
      Policies: policy ? [{ PolicyId: policy.id, PolicyHash: policyHash(policy), Policy: policy.document }] : [],
    };
  },
});
