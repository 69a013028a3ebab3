import { GetAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { noSuch } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html */
export const getAccountPasswordPolicy = operation(GetAccountPasswordPolicyCommand)({
  access: onAccount,
  async run(_found, _input, { store }: Iam, { account }) {
    const { passwordPolicy: policy } = await store.account.settings(account);
    if (!policy) throw noSuch(`The Password Policy with domain name ${account} cannot be found.`);
    return {
      PasswordPolicy: {
        MinimumPasswordLength: policy.minimumLength,
        RequireSymbols: policy.requireSymbols,
        RequireNumbers: policy.requireNumbers,
        RequireUppercaseCharacters: policy.requireUppercase,
        RequireLowercaseCharacters: policy.requireLowercase,
        AllowUsersToChangePassword: policy.allowChange,
        ExpirePasswords: policy.maxAge !== undefined,
        MaxPasswordAge: policy.maxAge,
        PasswordReusePrevention: policy.reusePrevention,
        HardExpiry: policy.hardExpiry,
      },
    };
  },
});
