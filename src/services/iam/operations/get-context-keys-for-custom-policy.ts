import { GetContextKeysForCustomPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { contextKeysOf } from "../../../policy/index.ts";
import type { Iam } from "../context.ts";
import { inputPolicy } from "../simulation/input.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
export const getContextKeysForCustomPolicy = operation(GetContextKeysForCustomPolicyCommand)({
  access: () => ({ action: "iam:GetContextKeysForCustomPolicy", resource: "*" }),
  async run(input, _context: Iam) {
    const policies = input.PolicyInputList.map((document, index) =>
      inputPolicy(`PolicyInputList.${index + 1}`, document),
    );
    return { ContextKeyNames: [...contextKeysOf(policies.map(({ policy }) => policy))] };
  },
});
