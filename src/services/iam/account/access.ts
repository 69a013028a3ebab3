import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { EntityKind } from "../entities/entity.ts";

/** Access to the account. */
export function onAccount(): Need {
  return { resource: "*" };
}

/** Access to all resources of a kind below a path. */
export function onPath(kind: EntityKind | "policy" | "instance-profile" | "mfa" | "server-certificate") {
  return (_found: unknown, { PathPrefix: prefix = "/" }: { readonly PathPrefix?: string }, call: Call): Need => ({
    resource: `arn:${call.partition}:iam::${call.account}:${kind}${prefix}`,
  });
}
