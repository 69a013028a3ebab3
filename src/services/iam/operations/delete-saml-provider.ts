import { DeleteSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onSamlProvider } from "../providers/saml/access.ts";
import { findSamlProvider } from "../providers/saml/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html */
export const deleteSamlProvider = operation(DeleteSAMLProviderCommand)({
  access: onSamlProvider("iam:DeleteSAMLProvider"),
  async run(input, { store }: Iam, call) {
    await store.deleteSamlProvider(await findSamlProvider(store, call, input.SAMLProviderArn));
    return {};
  },
});
