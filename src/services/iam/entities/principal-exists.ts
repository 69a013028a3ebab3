import { parseArn } from "../../../arn.ts";
import { splitResource } from "../names.ts";
import type { IamStore } from "../store.ts";
import { recordsOf } from "./records-of.ts";

/**
 * `true` where a user, a role, or a session's role exists, path included. Other ARNs and other text are not looked up and
 * count as existing.
 */
export async function principalExists(
  store: Pick<IamStore, "users" | "roles" | "groups">,
  arn: string,
): Promise<boolean> {
  const { service, account, resource } = parseArn(arn) ?? { service: "", account: "", resource: "" };
  if (service === "sts" && resource.startsWith("assumed-role/")) {
    const [, name = ""] = resource.split("/");
    return (await store.roles.find(account, name)) !== undefined;
  }
  if (service !== "iam") return true;
  for (const kind of ["user", "role"] as const) {
    const named = splitResource(resource, kind);
    if (named) return (await recordsOf(store, kind).find(account, named.name))?.path === named.path;
  }
  return true;
}
