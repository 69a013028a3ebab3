import { DeleteAccountAliasCommand, NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html */
export const deleteAccountAlias = operation(DeleteAccountAliasCommand)({
  access: onAccount("iam:DeleteAccountAlias"),
  async run({ AccountAlias: alias }, { store }: Iam, call) {
    await store.transaction(async (store) => {
      if ((await store.accountOfAlias(alias)) !== call.account) {
        throw new ApiError(NoSuchEntityException$, `The account alias ${alias} cannot be found.`);
      }
      await store.changeAccountSettings(call.account, { alias: null });
    });
    return {};
  },
});
