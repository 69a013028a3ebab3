import { parseArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import { type IamStore, type Role, splitResource } from "../../iam/index.ts";

/** Where roles are found. */
export interface RoleFinder {
  readonly roles: Pick<IamStore["roles"], "find">;
}

/** The role of that ARN, or `undefined`. Its path and account must be the ARN's. */
export async function findRoleByArn(store: RoleFinder, arn: string): Promise<Role | undefined> {
  const parts = parseArn(arn);
  if (parts?.service !== "iam" || parts.region !== "") return undefined;
  const named = splitResource(parts.resource, "role");
  const role = named && (await store.roles.find(parts.account, named.name));
  return role?.path === named?.path ? role : undefined;
}

/**
 * The role that a request names. Policies name ARNs of the call's partition. If another partition's ARN found the role too,
 * neither a Deny on the role nor one on its sessions would match.
 */
export async function findRequestedRole(
  store: RoleFinder,
  { partition }: Call,
  arn: string,
): Promise<Role | undefined> {
  return parseArn(arn)?.partition === partition ? findRoleByArn(store, arn) : undefined;
}
