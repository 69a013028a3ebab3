import { SetSecurityTokenServicePreferencesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html */
export const setSecurityTokenServicePreferences = operation(SetSecurityTokenServicePreferencesCommand)({
  access: onAccount,
  // Session tokens are good in every Region here, whatever the version.
  async run(_found, input, { store }: Iam, call) {
    const tokenVersion = input.GlobalEndpointTokenVersion === "v2Token" ? 2 : 1;
    await store.account.change(call.account, { tokenVersion });
    return {};
  },
});
