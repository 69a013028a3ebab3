import { AccessDeniedException$ } from "@aws-sdk/client-organizations";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Organizations } from "../context.ts";
import type { Organization } from "./organization.ts";

/** The organization, for a call from its first account. Refuses calls from others: most operations are not theirs. */
export function managedOrganization(
  { account }: Call,
  { organization }: Pick<Organizations, "organization">,
): Organization {
  if (account === organization.managementAccount) return organization;
  throw new ApiError(AccessDeniedException$, "You don't have permissions to access this resource.");
}
