import { DisableOutboundWebIdentityFederationCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { featureDisabled } from "../outbound-federation/errors.ts";

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOutboundWebIdentityFederation.html: tokens that were issued
 * before stay good, so the issuer's documents stay where they are.
 */
export const disableOutboundWebIdentityFederation = operation(DisableOutboundWebIdentityFederationCommand)({
  access: onAccount,
  async run(_found, _input, { store }: Iam, call) {
    await store.transaction(async ({ tokenIssuers }) => {
      const issuer = await tokenIssuers.find(call.account);
      if (!issuer?.enabled) throw featureDisabled();
      await tokenIssuers.setEnabled(issuer, false);
    });
    return {};
  },
});
