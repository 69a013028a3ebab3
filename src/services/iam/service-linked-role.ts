import { UnmodifiableEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../aws/api-error.ts";
import type { Role } from "./entity.ts";

/** What nobody but AWS may make roles under. */
export const serviceRolePath = "/aws-service-role/";

export function isServiceLinked({ path }: Pick<Role, "path">): boolean {
  return path.startsWith(serviceRolePath);
}

/** Refuses to change a role that only its service may change. */
export function checkModifiable(role: Role): void {
  if (!isServiceLinked(role)) return;
  throw new ApiError(
    UnmodifiableEntityException$,
    `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
  );
}
