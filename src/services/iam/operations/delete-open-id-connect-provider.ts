import { DeleteOpenIDConnectProviderCommand, NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { invalidArn } from "../errors.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { oidcProviderUrl } from "../providers/oidc/provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html */
export const deleteOpenIdConnectProvider = operation(DeleteOpenIDConnectProviderCommand)({
  access: onOidcProvider("iam:DeleteOpenIDConnectProvider"),
  // AWS's documentation says that one that is not there is no error, its service that it is one.
  async run(input, { store }: Iam, call) {
    const url = oidcProviderUrl(call, input.OpenIDConnectProviderArn);
    if (url === undefined) throw invalidArn(input.OpenIDConnectProviderArn);
    await store.transaction(async (store) => {
      if (!(await store.findOidcProvider(call.account, url))) {
        throw new ApiError(
          NoSuchEntityException$,
          `OpenId connect Provider ${input.OpenIDConnectProviderArn} cannot be found.`,
        );
      }
      await store.deleteOidcProvider({ account: call.account, url });
    });
    return {};
  },
});
