import { ListOpenIDConnectProvidersCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { oidcProviderArn } from "../providers/oidc/provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html */
export const listOpenIdConnectProviders = operation(ListOpenIDConnectProvidersCommand)({
  access: (_found, _input, call) => ({ resource: oidcProviderArn(call, "*") }),
  async run(_found, _input, { store }: Iam, call) {
    const providers = await store.providers.oidc.list(call.account);
    return { OpenIDConnectProviderList: providers.map(({ url }) => ({ Arn: oidcProviderArn(call, url) })) };
  },
});
