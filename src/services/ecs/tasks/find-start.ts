import type { Scope } from "../arns.ts";
import type { Cluster } from "../clusters/cluster.ts";
import { activeCluster, type FoundCluster, findCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { activeDefinition, type FoundDefinition, findDefinition } from "../definitions/find.ts";
import { clusterInactive, definitionInactive } from "../errors.ts";
import type { Records } from "../store.ts";

/** The cluster and the revision that a request to run tasks means. */
export interface FoundStart {
  readonly cluster: FoundCluster;
  readonly definition: FoundDefinition;
}

export async function findStart(
  context: Pick<Ecs, "store">,
  scope: Scope,
  input: { readonly cluster?: string; readonly taskDefinition: string },
): Promise<FoundStart> {
  return {
    cluster: await findCluster(context, scope, input.cluster),
    definition: await findDefinition(context, scope, input.taskDefinition),
  };
}

/** Both; throws AWS's refusal where one is not there or not active. */
export function activeStart({ cluster, definition }: FoundStart) {
  return { cluster: activeCluster(cluster), definition: activeDefinition(definition) };
}

/** Refuses, in the transaction that starts tasks, where the cluster or the revision was deleted after it was found. */
export async function refuseIfGone(
  records: Records,
  { cluster, definition }: { readonly cluster: Cluster; readonly definition: TaskDefinition | undefined },
): Promise<void> {
  if (!(await records.clusters.isActive(cluster.arn))) throw clusterInactive();
  if (definition && !(await records.definitions.isActive(definition.arn))) throw definitionInactive();
}
