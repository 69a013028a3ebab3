import { PutResourcePolicyCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { resultOf } from "../parameters/outcome.ts";
import { type AttachedPolicy, parameterArn } from "../parameters/parameter.ts";
import {
  invalidParameter,
  managedKey,
  parameterToShareNotFound,
  policyConflict,
  policyHash,
  refuseOtherPolicy,
  refuseSecondPolicy,
  refuseUnshareable,
  sharedParameter,
  sharedReference,
} from "../policies/shared-parameter.ts";
import { refusePolicy } from "../policies/sharing-policy.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutResourcePolicy.html */
export const putResourcePolicy = operation(PutResourcePolicyCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, sharedReference(call, input.ResourceArn)),
  access: (found) => parameterAccess(found),

  async run(found, input, { store, encryption, ids }, call) {
    const parameter = sharedParameter(found);
    if ((input.PolicyId === undefined) !== (input.PolicyHash === undefined)) {
      const missing = input.PolicyId === undefined ? "PolicyId" : "PolicyHash";
      throw invalidParameter(missing, "To update a policy, you must specify PolicyId and PolicyHash.");
    }
    refuseUnshareable(parameter);
    if (parameter.type === "SecureString" && (await encryption.isUnderManagedKey(call, parameter.value))) {
      throw managedKey();
    }
    refusePolicy(input.Policy, parameterArn(call, parameter.name));
    const policy: AttachedPolicy = { id: input.PolicyId ?? ids.uuid(), document: input.Policy };
    const change = await store.writes.changePolicy(call, parameter, call.time, (current) => {
      refuseUnshareable(current);
      if (input.PolicyId === undefined) refuseSecondPolicy(current.resourcePolicy);
      else refuseOtherPolicy(current.resourcePolicy, input);
      return policy;
    });
    resultOf(change, parameterToShareNotFound, policyConflict);
    return { PolicyId: policy.id, PolicyHash: policyHash(policy) };
  },
});
