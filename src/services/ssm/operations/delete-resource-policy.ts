import { DeleteResourcePolicyCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import {
  parameterToShareNotFound,
  refuseOtherPolicy,
  sharedParameter,
  sharingAccess,
} from "../policies/shared-parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = operation(DeleteResourcePolicyCommand)({
  access: (input, call, context: Ssm) => sharingAccess("DeleteResourcePolicy", input.ResourceArn, call, context),
  async run(input, { parameters }, call) {
    const { name } = sharedParameter(call);
    const there = await parameters.changePolicy(call, name, call.time, (current) => {
      refuseOtherPolicy(current.resourcePolicy, input);
      return undefined;
    });
    if (!there) throw parameterToShareNotFound();
    return {};
  },
});
