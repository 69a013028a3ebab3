import { EnableOutboundWebIdentityFederationCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { featureEnabled } from "../outbound-federation/errors.ts";
import { issuerUrl } from "../outbound-federation/issuer.ts";
import { tendKeysOf } from "../outbound-federation/tend-keys.ts";

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html: makes the account an issuer,
 * and its first keys.
 */
export const enableOutboundWebIdentityFederation = operation(EnableOutboundWebIdentityFederationCommand)({
  access: onAccount,
  async run(_found, _input, { store, ids, publicUrl }: Iam, call) {
    if ((await store.tokenIssuers.find(call.account))?.enabled) throw featureEnabled();
    // The keys come first: whoever sees the feature enabled can have a token.
    await tendKeysOf(store, call.account, ids, call.time);
    const made = {
      account: call.account,
      id: ids.uuid(),
      address: `${call.isSecure ? "https" : "http"}://${call.host}`,
      enabled: true,
    };
    const issuer = await store.transaction(async ({ tokenIssuers }) => {
      const present = await tokenIssuers.find(call.account);
      if (present?.enabled) throw featureEnabled();
      if (!present) await tokenIssuers.insert(made);
      else await tokenIssuers.setEnabled(present, true);
      return present ?? made;
    });
    return { IssuerIdentifier: issuerUrl(issuer, publicUrl) };
  },
});
