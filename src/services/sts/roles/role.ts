import { parseArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import { type IamStore, type Role, splitResource } from "../../iam/index.ts";
import { validationError } from "../errors.ts";

/** The role of that ARN, path and account included, or `undefined`. */
export async function findRoleByArn(store: IamStore, arn: string): Promise<Role | undefined> {
  const parts = parseArn(arn);
  if (parts?.service !== "iam" || parts.region !== "") return undefined;
  const named = splitResource(parts.resource, "role");
  const role = named && (await store.findEntity(parts.account, "role", named.name));
  return role?.path === named?.path ? role : undefined;
}

/**
 * The role that a request names. Policies are about ARNs of the call's partition, so that one of another names none: it
 * would pass by whatever denies the role, and so would the ARN of the session.
 */
export async function requestedRole(store: IamStore, { partition }: Call, arn: string): Promise<Role | undefined> {
  return parseArn(arn)?.partition === partition ? findRoleByArn(store, arn) : undefined;
}

/** `arn:aws:sts::111122223333:assumed-role/role/session`; the role's path is left out. */
export function assumedRoleArn(roleArn: string, role: Role, sessionName: string): string {
  return `arn:${parseArn(roleArn)?.partition}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`;
}

/** Refuses what is no ARN of IAM's at all. */
export function checkRoleArn(arn: string): void {
  const parts = parseArn(arn);
  if (!parts?.partition || !parts.service || !parts.resource) throw validationError(`${arn} is invalid`);
  if (parts.service !== "iam") throw validationError("Request ARN is invalid");
}
