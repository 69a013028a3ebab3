import { GetResourcePoliciesCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { invalidParameter, policyHash, sharedParameter, sharedReference } from "../policies/shared-parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetResourcePolicies.html */
export const getResourcePolicies = operation(GetResourcePoliciesCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, sharedReference(call, input.ResourceArn)),
  access: (found) => parameterAccess(found),
  async run(found, input) {
    const { resourcePolicy: policy } = sharedParameter(found);
    // There is one policy at most, and so no second page.
    if (input.NextToken !== undefined) throw invalidParameter("NextToken", "The specified token isn't valid.");
    return {
      Policies: policy ? [{ PolicyId: policy.id, PolicyHash: policyHash(policy), Policy: policy.document }] : [],
    };
  },
});
