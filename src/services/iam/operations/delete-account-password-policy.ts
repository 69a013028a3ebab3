import { DeleteAccountPasswordPolicyCommand, NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html */
export const deleteAccountPasswordPolicy = operation(DeleteAccountPasswordPolicyCommand)({
  access: onAccount("iam:DeleteAccountPasswordPolicy"),
  async run(_input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      if (!(await store.findAccountSettings(call.account)).passwordPolicy) {
        throw new ApiError(NoSuchEntityException$, "The account policy with name PasswordPolicy cannot be found.");
      }
      await store.changeAccountSettings(call.account, { passwordPolicy: null });
    });
    return {};
  },
});
