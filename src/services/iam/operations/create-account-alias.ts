import { CreateAccountAliasCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html */
export const createAccountAlias = operation(CreateAccountAliasCommand)({
  access: onAccount,
  // An account has one alias; a new one replaces it.
  async run(_found, { AccountAlias: alias }, { store }: Iam, call) {
    await store.transaction(async (store) => {
      if ((await store.account.findByAlias(alias)) !== undefined) {
        throw new ApiError(EntityAlreadyExistsException$, `The account alias ${alias} already exists.`);
      }
      await store.account.change(call.account, { alias });
    });
    return {};
  },
});
