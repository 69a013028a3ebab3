import { DeleteAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { noSuch } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html */
export const deleteAccountPasswordPolicy = operation(DeleteAccountPasswordPolicyCommand)({
  access: onAccount,
  async run(_found, _input, { store }: Iam, { account }) {
    await store.transaction(async (store) => {
      const { passwordPolicy: policy } = await store.account.settings(account);
      if (!policy) throw noSuch("The account policy with name PasswordPolicy cannot be found.");
      await store.account.change(account, { passwordPolicy: null });
    });
    return {};
  },
});
