import { GetOutboundWebIdentityFederationInfoCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { featureDisabled } from "../outbound-federation/errors.ts";
import { issuerUrl } from "../outbound-federation/issuer.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html */
export const getOutboundWebIdentityFederationInfo = operation(GetOutboundWebIdentityFederationInfoCommand)({
  find: (_input, call, { store }: Iam) => store.tokenIssuers.find(call.account),
  access: onAccount,
  async run(issuer, _input, { publicUrl }) {
    if (!issuer?.enabled) throw featureDisabled();
    return { IssuerIdentifier: issuerUrl(issuer, publicUrl), JwtVendingEnabled: true };
  },
});
