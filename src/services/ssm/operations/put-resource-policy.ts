import { PutResourcePolicyCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { type AttachedPolicy, parameterArn } from "../parameters/parameter.ts";
import {
  invalidParameter,
  managedKey,
  parameterToShareNotFound,
  policyHash,
  refuseOtherPolicy,
  refuseSecondPolicy,
  refuseUnshareable,
  sharedParameter,
  sharingAccess,
} from "../policies/shared-parameter.ts";
import { refusePolicy } from "../policies/sharing-policy.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutResourcePolicy.html */
export const putResourcePolicy = operation(PutResourcePolicyCommand)({
  access: (input, call, context: Ssm) => sharingAccess("PutResourcePolicy", input.ResourceArn, call, context),
  async run(input, { parameters, encryption, ids }, call) {
    const parameter = sharedParameter(call);
    const { name } = parameter;
    if ((input.PolicyId === undefined) !== (input.PolicyHash === undefined)) {
      const missing = input.PolicyId === undefined ? "PolicyId" : "PolicyHash";
      throw invalidParameter(missing, "To update a policy, you must specify PolicyId and PolicyHash.");
    }
    refuseUnshareable(parameter);
    if (parameter.type === "SecureString" && (await encryption.isUnderManagedKey(call, parameter.value))) {
      throw managedKey();
    }
    refusePolicy(input.Policy, parameterArn(call, name));
    const policy: AttachedPolicy = { id: input.PolicyId ?? ids.uuid(), document: input.Policy };
    const there = await parameters.changePolicy(call, name, call.time, (current) => {
      refuseUnshareable(current);
      if (input.PolicyId === undefined) refuseSecondPolicy(current.resourcePolicy);
      else refuseOtherPolicy(current.resourcePolicy, input);
      return policy;
    });
    if (!there) throw parameterToShareNotFound();
    return { PolicyId: policy.id, PolicyHash: policyHash(policy) };
  },
});
