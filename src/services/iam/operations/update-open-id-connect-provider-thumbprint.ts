import { UpdateOpenIDConnectProviderThumbprintCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { findOidcProvider } from "../providers/oidc/find.ts";
import { checkThumbprints } from "./create-open-id-connect-provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html */
export const updateOpenIdConnectProviderThumbprint = operation(UpdateOpenIDConnectProviderThumbprintCommand)({
  access: onOidcProvider("iam:UpdateOpenIDConnectProviderThumbprint"),
  async run(input, { store }: Iam, call) {
    checkThumbprints(input.ThumbprintList);
    const provider = await findOidcProvider(store, call, input.OpenIDConnectProviderArn);
    await store.updateOidcProvider(provider, { thumbprints: input.ThumbprintList });
    return {};
  },
});
