import type { StatusType } from "@aws-sdk/client-iam";
import { invalidInput } from "../errors.ts";

/** The status of a credential, as answers show it. */
export function statusOf(active: boolean): StatusType {
  return active ? "Active" : "Inactive";
}

/** Whether a request switches a credential on. Refuses `Expired`, which no request can make a credential. */
export function isActive({ Status: status }: { readonly Status: StatusType }): boolean {
  if (status === "Expired") throw invalidInput("The status of a credential can be set to Active or Inactive only");
  return status === "Active";
}
