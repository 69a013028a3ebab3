import type { Scope } from "../arns.ts";
import { type FoundInCluster, findAllInCluster, findInCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import type { ServiceRecord } from "./service.ts";

const kind = "service";

export function findService(
  context: Pick<Ecs, "store">,
  scope: Scope,
  cluster: string | undefined,
  reference: string,
): Promise<FoundInCluster<ServiceRecord>> {
  return findInCluster(context, scope, { cluster, kind, reference }, context.store.services.find);
}

export function findServices(
  context: Pick<Ecs, "store">,
  scope: Scope,
  cluster: string | undefined,
  references: readonly string[],
) {
  return findAllInCluster(context, scope, { cluster, kind, references }, context.store.services.findAll);
}
