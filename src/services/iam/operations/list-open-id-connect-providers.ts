import { ListOpenIDConnectProvidersCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { oidcProviderArn } from "../providers/oidc/provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html */
export const listOpenIdConnectProviders = operation(ListOpenIDConnectProvidersCommand)({
  access: (_input, call) => ({ action: "iam:ListOpenIDConnectProviders", resource: oidcProviderArn(call, "*") }),
  async run(_input, { store }: Iam, call) {
    const providers = await store.listOidcProviders(call.account);
    return { OpenIDConnectProviderList: providers.map(({ url }) => ({ Arn: oidcProviderArn(call, url) })) };
  },
});
