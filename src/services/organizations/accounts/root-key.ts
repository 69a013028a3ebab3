import { newAccessKey } from "../../iam/index.ts";
import type { Organizations } from "../context.ts";
import type { RootKey } from "./account.ts";

/**
 * Gives the root user of an account a new access key, which replaces the old one. `undefined` if there is no such account
 * beside the first, whose key is a file.
 */
export async function makeRootKey(
  { accounts, ids }: Pick<Organizations, "accounts" | "ids">,
  account: string,
): Promise<RootKey | undefined> {
  if (!(await accounts.find(account))) return undefined;
  const key = { account, ...newAccessKey("AKIA", account, ids) };
  return (await accounts.rootKeys.set(key)) ? key : undefined;
}
