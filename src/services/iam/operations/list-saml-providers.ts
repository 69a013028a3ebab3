import { ListSAMLProvidersCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { samlProviderArn } from "../providers/saml/provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html */
export const listSamlProviders = operation(ListSAMLProvidersCommand)({
  access: (_found, _input, call) => ({ resource: samlProviderArn(call, "*") }),
  async run(_found, _input, { store }: Iam, call) {
    const providers = await store.providers.saml.list(call.account);
    return {
      SAMLProviderList: providers.map(({ name, createdAt, validUntil }) => ({
        Arn: samlProviderArn(call, name),
        ValidUntil: validUntil,
        CreateDate: createdAt,
      })),
    };
  },
});
