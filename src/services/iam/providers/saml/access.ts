import type { Access, Call } from "../../../../model/call.ts";
import type { Iam } from "../../context.ts";
import { awsResourceTags } from "../../resource-tags.ts";
import { samlProviderName } from "./provider.ts";

/** What calling an operation on one SAML provider needs; `conditions` adds keys that the input sets. */
export function onSamlProvider<In extends { readonly SAMLProviderArn: string }>(
  action: string,
  conditions: (input: In) => Access["conditions"] = () => ({}),
) {
  return async (input: In, call: Call, { store }: Iam): Promise<Access> => {
    const name = samlProviderName(call, input.SAMLProviderArn);
    const provider = name === undefined ? undefined : await store.findSamlProvider(call.account, name);
    return {
      action,
      resource: input.SAMLProviderArn,
      conditions: { ...awsResourceTags(provider?.tags), ...conditions(input) },
    };
  };
}
