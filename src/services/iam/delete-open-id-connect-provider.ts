import { DeleteOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { invalidArn } from "./errors.ts";
import type { Iam } from "./index.ts";
import { oidcProviderUrl } from "./oidc-provider.ts";
import { onOidcProvider } from "./oidc-provider-access.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html */
export const deleteOpenIdConnectProvider = operation(DeleteOpenIDConnectProviderCommand)({
  access: onOidcProvider("iam:DeleteOpenIDConnectProvider"),
  // One that is not there is no error, AWS says.
  async run(input, { store }: Iam, call) {
    const url = oidcProviderUrl(call, input.OpenIDConnectProviderArn);
    if (url === undefined) throw invalidArn(input.OpenIDConnectProviderArn);
    await store.deleteOidcProvider({ account: call.account, url });
    return {};
  },
});
