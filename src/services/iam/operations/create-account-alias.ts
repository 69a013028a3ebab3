import { CreateAccountAliasCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html */
export const createAccountAlias = operation(CreateAccountAliasCommand)({
  access: onAccount("iam:CreateAccountAlias"),
  // An account has one alias; a new one takes the place of that before it.
  async run({ AccountAlias: alias }, { store }: Iam, call) {
    await store.transaction(async (store) => {
      if ((await store.accountOfAlias(alias)) !== undefined) {
        throw new ApiError(EntityAlreadyExistsException$, `The account alias ${alias} already exists.`);
      }
      await store.changeAccountSettings(call.account, { alias });
    });
    return {};
  },
});
