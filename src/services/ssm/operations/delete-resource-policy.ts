import { DeleteResourcePolicyCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { resultOf } from "../parameters/outcome.ts";
import {
  parameterToShareNotFound,
  policyConflict,
  refuseOtherPolicy,
  sharedParameter,
  sharedReference,
} from "../policies/shared-parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = operation(DeleteResourcePolicyCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, sharedReference(call, input.ResourceArn)),
  access: (found) => parameterAccess(found),
  async run(found, input, { store }, call) {
    const change = await store.writes.changePolicy(call, sharedParameter(found), call.time, (current) => {
      refuseOtherPolicy(current.resourcePolicy, input);
      return undefined;
    });
    resultOf(change, parameterToShareNotFound, policyConflict);
    return {};
  },
});
