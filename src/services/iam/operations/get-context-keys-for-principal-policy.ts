import { GetContextKeysForPrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { contextKeysOf } from "../../../policy/index.ts";
import type { Iam } from "../context.ts";
import { findPolicySource, onPolicySource } from "../simulation/find.ts";
import { inputPolicy } from "../simulation/input.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html */
export const getContextKeysForPrincipalPolicy = operation(GetContextKeysForPrincipalPolicyCommand)({
  access: onPolicySource("iam:GetContextKeysForPrincipalPolicy"),
  async run(input, { store }: Iam, call) {
    const { identity, boundary } = await findPolicySource(store, call, input.PolicySourceArn);
    const given = (input.PolicyInputList ?? []).map((document, index) =>
      inputPolicy(`PolicyInputList.${index + 1}`, document),
    );
    const all = [...given, ...identity, ...(boundary ? [boundary] : [])];
    return { ContextKeyNames: [...contextKeysOf(all.map(({ policy }) => policy))] };
  },
});
