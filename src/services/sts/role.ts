import { parseArn } from "../../aws/arn.ts";
import { type IamStore, type Role, splitResource } from "../iam/index.ts";

/** The role of that ARN, path and account included, or `undefined`. */
export async function findRoleByArn(store: IamStore, arn: string): Promise<Role | undefined> {
  const parts = parseArn(arn);
  if (parts?.service !== "iam" || parts.region !== "") return undefined;
  const named = splitResource(parts.resource, "role");
  const role = named && (await store.findEntity(parts.account, "role", named.name));
  return role?.path === named?.path ? role : undefined;
}

/** `arn:aws:sts::111122223333:assumed-role/role/session`; the role's path is left out. */
export function assumedRoleArn(roleArn: string, role: Role, sessionName: string): string {
  return `arn:${parseArn(roleArn)?.partition}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`;
}
