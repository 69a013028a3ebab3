import { GetContextKeysForPrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { contextKeysOf } from "../../../policy/index.ts";
import { findSource, onSource, policySource } from "../simulation/find.ts";
import { inputPolicies } from "../simulation/input.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html */
export const getContextKeysForPrincipalPolicy = operation(GetContextKeysForPrincipalPolicyCommand)({
  find: findSource,
  access: onSource,
  async run(found, input, { store }) {
    const { identity, boundary } = await policySource(store, found);
    const all = [...inputPolicies(input.PolicyInputList), ...identity, ...(boundary ? [boundary] : [])];
    return { ContextKeyNames: [...contextKeysOf(all.map(({ policy }) => policy))] };
  },
});
