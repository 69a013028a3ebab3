import { GetAccountPasswordPolicyCommand, NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html */
export const getAccountPasswordPolicy = operation(GetAccountPasswordPolicyCommand)({
  access: onAccount("iam:GetAccountPasswordPolicy"),
  async run(_input, { store }: Iam, call) {
    const { passwordPolicy: policy } = await store.findAccountSettings(call.account);
    if (!policy) {
      throw new ApiError(
        NoSuchEntityException$,
        `The Password Policy with domain name ${call.account} cannot be found.`,
      );
    }
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
