import { parseArn } from "../../../arn.ts";
import type { IamStore } from "../store.ts";
import { splitResource } from "./entity.ts";

/**
 * Whether a user, a role, or a session's role is there, path included. What is no ARN of one of these is not looked up
 * and counts as there.
 */
export async function principalExists(store: Pick<IamStore, "findEntity">, arn: string): Promise<boolean> {
  const { service, account, resource } = parseArn(arn) ?? { service: "", account: "", resource: "" };
  if (service === "sts" && resource.startsWith("assumed-role/")) {
    return (await store.findEntity(account, "role", resource.split("/")[1]!)) !== undefined;
  }
  if (service !== "iam") return true;
  for (const kind of ["user", "role"] as const) {
    const named = splitResource(resource, kind);
    if (named) return (await store.findEntity(account, kind, named.name))?.path === named.path;
  }
  return true;
}
