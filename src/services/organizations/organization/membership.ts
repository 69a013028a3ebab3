import type { Organization } from "../accounts/account.ts";
import type { AccountStore } from "../accounts/records.ts";

/** As condition keys tell of the organization: its id, and the path of its accounts, all of which are right below the root. */
export function membership({ id, rootId, managementAccount }: Organization, accounts: Pick<AccountStore, "find">) {
  return {
    id,
    path: `${id}/${rootId}/`,
    /** Whether the account is in the organization. */
    async has(account: string): Promise<boolean> {
      return account === managementAccount || (await accounts.find(account)) !== undefined;
    },
  };
}
