import { SimulateCustomPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { invalidInput } from "../errors.ts";
import { inputPolicy } from "../simulation/input.ts";
import { simulate } from "../simulation/simulation.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export const simulateCustomPolicy = operation(SimulateCustomPolicyCommand)({
  access: () => ({ action: "iam:SimulateCustomPolicy", resource: "*" }),
  async run(input, _context: Iam, call) {
    if (input.OrderedOrganizationPolicyInputList?.length) {
      throw invalidInput("Service control policies cannot be simulated here.");
    }
    const { PolicyInputList: documents, PermissionsBoundaryPolicyInputList: boundaries = [] } = input;
    const identity = documents.map((document, index) => inputPolicy(`PolicyInputList.${index + 1}`, document));
    return simulate(input, { identity, boundary: inputBoundary(boundaries) }, call);
  },
});

/** An entity has one boundary at most. */
export function inputBoundary(documents: readonly string[]) {
  const [document, ...more] = documents;
  if (more.length > 0) throw invalidInput("Only one permissions boundary policy can be simulated at a time.");
  return document === undefined ? undefined : inputPolicy("PermissionsBoundaryPolicyInputList.1", document);
}
