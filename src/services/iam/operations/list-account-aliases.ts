import { ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
export const listAccountAliases = operation(ListAccountAliasesCommand)({
  access: onAccount,
  async run(_found, input, { store }: Iam, call) {
    const { alias } = await store.account.settings(call.account);
    const { page, ...rest } = pageOf(alias === undefined ? [] : [alias], input, (each) => each);
    return { AccountAliases: page, ...rest };
  },
});
