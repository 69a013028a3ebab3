import type { Organizations } from "../context.ts";
import { type AnyAccount, managementAccount } from "./account.ts";

/** The account of the organization with the id, the first one included. */
export async function findAccount(
  { organization, accounts }: Pick<Organizations, "organization" | "accounts">,
  id: string,
): Promise<AnyAccount | undefined> {
  return id === organization.managementAccount ? managementAccount(organization) : accounts.find(id);
}
