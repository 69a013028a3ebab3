import { UpdateAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html */
export const updateAccountPasswordPolicy = operation(UpdateAccountPasswordPolicyCommand)({
  access: onAccount,
  async run(_found, input, { store }: Iam, call) {
    await store.account.change(call.account, {
      passwordPolicy: {
        minimumLength: input.MinimumPasswordLength ?? 6,
        requireSymbols: input.RequireSymbols ?? false,
        requireNumbers: input.RequireNumbers ?? false,
        requireUppercase: input.RequireUppercaseCharacters ?? false,
        requireLowercase: input.RequireLowercaseCharacters ?? false,
        allowChange: input.AllowUsersToChangePassword ?? false,
        maxAge: input.MaxPasswordAge,
        reusePrevention: input.PasswordReusePrevention,
        hardExpiry: input.HardExpiry,
      },
    });
    return {};
  },
});
