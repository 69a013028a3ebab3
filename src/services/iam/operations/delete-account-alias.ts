import { DeleteAccountAliasCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { noSuch } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html */
export const deleteAccountAlias = operation(DeleteAccountAliasCommand)({
  access: onAccount,
  async run(_found, { AccountAlias: alias }, { store }: Iam, call) {
    await store.transaction(async (store) => {
      if ((await store.account.findByAlias(alias)) !== call.account) {
        throw noSuch(`The account alias ${alias} cannot be found.`);
      }
      await store.account.change(call.account, { alias: null });
    });
    return {};
  },
});
