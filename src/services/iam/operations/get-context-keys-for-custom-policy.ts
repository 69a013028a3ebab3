import { GetContextKeysForCustomPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { contextKeysOf } from "../../../policy/index.ts";
import { onAccount } from "../account/access.ts";
import { inputPolicies } from "../simulation/input.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
export const getContextKeysForCustomPolicy = operation(GetContextKeysForCustomPolicyCommand)({
  access: onAccount,
  async run(_found, input) {
    const policies = inputPolicies(input.PolicyInputList);
    return { ContextKeyNames: [...contextKeysOf(policies.map(({ policy }) => policy))] };
  },
});
