import { type EvaluationResult, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { withoutExcluded } from "../simulation/excluded-policies.ts";
import { findSource, onSource, policySource } from "../simulation/find.ts";
import { inputBoundary, inputPolicies } from "../simulation/input.ts";
import { simulate } from "../simulation/simulation.ts";

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html: a boundary in the
 * request takes the place of the entity's own.
 */
export const simulatePrincipalPolicy = operation(SimulatePrincipalPolicyCommand)({
  find: findSource,
  access: onSource,
  async run(found, input, { store }, call) {
    const source = withoutExcluded(await policySource(store, found), input.PolicyExclusionList ?? []);
    const given = inputPolicies(input.PolicyInputList);
    const boundary = inputBoundary(input.PermissionsBoundaryPolicyInputList) ?? source.boundary;
    const caller = input.CallerArn ?? (source.kind === "user" ? found.arn : undefined);
    const identity = [...given, ...source.identity];
    const answer = await simulate({ ...input, ...defined({ CallerArn: caller }) }, { identity, boundary }, call);
    return { ...answer, EvaluationResults: answer.EvaluationResults.map(withOrganization) };
  },
});

/** Every account belongs to the installation's organization, which has no policies that could deny anything. */
function withOrganization(result: EvaluationResult): EvaluationResult {
  return { ...result, OrganizationsDecisionDetail: { AllowedByOrganizations: true } };
}
