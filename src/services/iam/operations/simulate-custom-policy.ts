import { SimulateCustomPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { invalidInput } from "../errors.ts";
import { inputBoundary, inputPolicies } from "../simulation/input.ts";
import { simulate } from "../simulation/simulation.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export const simulateCustomPolicy = operation(SimulateCustomPolicyCommand)({
  access: onAccount,
  async run(_found, input, _context: Iam, call) {
    if (input.OrderedOrganizationPolicyInputList?.length) {
      throw invalidInput("Service control policies cannot be simulated here.");
    }
    const identity = inputPolicies(input.PolicyInputList);
    return simulate(input, { identity, boundary: inputBoundary(input.PermissionsBoundaryPolicyInputList) }, call);
  },
});
