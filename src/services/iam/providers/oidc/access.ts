import type { Access, Call } from "../../../../model/call.ts";
import type { Iam } from "../../context.ts";
import { awsResourceTags } from "../../resource-tags.ts";
import { oidcProviderUrl } from "./provider.ts";

/** What calling an operation on one OpenID Connect provider needs; `conditions` adds keys that the input sets. */
export function onOidcProvider<In extends { readonly OpenIDConnectProviderArn: string }>(
  action: string,
  conditions: (input: In) => Access["conditions"] = () => ({}),
) {
  return async (input: In, call: Call, { store }: Iam): Promise<Access> => {
    const url = oidcProviderUrl(call, input.OpenIDConnectProviderArn);
    const provider = url === undefined ? undefined : await store.findOidcProvider(call.account, url);
    return {
      action,
      resource: input.OpenIDConnectProviderArn,
      conditions: { ...awsResourceTags(provider?.tags), ...conditions(input) },
    };
  };
}
