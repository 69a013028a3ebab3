import type { Access } from "../../aws/call.ts";

/** What calling an operation on the account needs. */
export function onAccount(action: string) {
  return (): Access => ({ action, resource: "*" });
}
