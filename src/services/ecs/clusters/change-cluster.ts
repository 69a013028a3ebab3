import type { Cluster as ApiCluster } from "@aws-sdk/client-ecs";
import type { Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { clusterInactive } from "../errors.ts";
import type { Records } from "../store.ts";
import type { Cluster } from "./cluster.ts";
import { activeCluster, type FoundCluster } from "./find.ts";
import { clusterShape } from "./shape.ts";

type ClusterChange = Partial<Omit<Cluster, "arn" | "name" | "status">>;

/** Replaces members of a cluster and shows it. Refuses where the cluster was deleted after it was found. */
export async function changeCluster(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  found: FoundCluster,
  change: ClusterChange | ((current: Cluster, records: Records) => Promise<ClusterChange>),
): Promise<ApiCluster> {
  const { arn } = activeCluster(found);
  const changed = await store.transaction(async (records) => {
    // Other members may have changed meanwhile, and stay.
    const current = await records.clusters.find(arn);
    if (current?.status !== "ACTIVE") throw clusterInactive();
    const made = typeof change === "function" ? await change(current, records) : change;
    const next: Cluster = { ...current, ...made };
    await records.clusters.put(scope, next);
    return next;
  });
  return clusterShape(store, changed, ["TAGS", "SETTINGS", "CONFIGURATIONS"]);
}
