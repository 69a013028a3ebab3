import type { Scope } from "../arns.ts";
import { type Found, type FoundInCluster, findAllInCluster, findInCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import type { Instance } from "./instance.ts";

const kind = "container-instance";

export function findInstance(
  context: Pick<Ecs, "store">,
  scope: Scope,
  cluster: string | undefined,
  reference: string,
): Promise<FoundInCluster<Instance>> {
  return findInCluster(context, scope, { cluster, kind, reference }, context.store.instances.find);
}

export function findInstances(
  context: Pick<Ecs, "store">,
  scope: Scope,
  cluster: string | undefined,
  references: readonly string[],
) {
  return findAllInCluster(context, scope, { cluster, kind, references }, context.store.instances.findAll);
}

/** The instance; throws AWS's refusal where there is none or it was deregistered. */
export function registeredInstance({ item }: Pick<Found<Instance>, "item">): Instance {
  if (!item || item.status === "INACTIVE") throw invalidParameter("The referenced container instance was not found.");
  return item;
}
