import type { AccountStore } from "../accounts/records.ts";
import type { Organization } from "./organization.ts";

/** The organization in condition keys: its id, and the path of its accounts, which are all right below the root. */
export function membership({ id, rootId, managementAccount }: Organization, accounts: Pick<AccountStore, "find">) {
  return {
    id,
    path: `${id}/${rootId}/`,
    /** Resolves to true if the account is in the organization. */
    async has(account: string): Promise<boolean> {
      return account === managementAccount || (await accounts.find(account)) !== undefined;
    },
  };
}
