import type { Access } from "../../../model/call.ts";

/** What calling an operation on the account needs. */
export function onAccount(action: string) {
  return (): Access => ({ action, resource: "*" });
}
