import { SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { withoutExcluded } from "../simulation/excluded-policies.ts";
import { findPolicySource, onPolicySource } from "../simulation/find.ts";
import { inputPolicy } from "../simulation/input.ts";
import { simulate } from "../simulation/simulation.ts";
import { inputBoundary } from "./simulate-custom-policy.ts";

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html: a boundary that is given takes the
 * place of the entity's own.
 */
export const simulatePrincipalPolicy = operation(SimulatePrincipalPolicyCommand)({
  access: onPolicySource("iam:SimulatePrincipalPolicy"),
  async run(input, { store }: Iam, call) {
    const { PolicySourceArn: arn, PolicyInputList: documents = [] } = input;
    const source = withoutExcluded(await findPolicySource(store, call, arn), input.PolicyExclusionList ?? []);
    const given = documents.map((document, index) => inputPolicy(`PolicyInputList.${index + 1}`, document));
    const boundary = inputBoundary(input.PermissionsBoundaryPolicyInputList ?? []) ?? source.boundary;
    const caller = input.CallerArn ?? (source.kind === "user" ? arn : undefined);
    return simulate(
      { ...input, ...(caller !== undefined && { CallerArn: caller }) },
      { identity: [...given, ...source.identity], boundary },
      call,
    );
  },
});
