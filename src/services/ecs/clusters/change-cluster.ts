import type { Cluster as ApiCluster } from "@aws-sdk/client-ecs";
import type { Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { findCluster } from "../find.ts";
import type { Cluster } from "../model.ts";
import { describeClusterRecords } from "./shape.ts";

/** Replaces members of a cluster and shows it. */
export async function changeCluster(
  context: Pick<Ecs, "store">,
  scope: Scope,
  reference: string,
  change: Partial<Omit<Cluster, "arn" | "name" | "status">>,
): Promise<ApiCluster> {
  const { store } = context;
  const changed = await store.transaction(async (records) => {
    const cluster: Cluster = { ...(await findCluster({ store: records }, scope, reference)), ...change };
    await records.clusters.put(scope, cluster);
    return cluster;
  });
  const [described] = await describeClusterRecords(store, [changed], ["TAGS", "SETTINGS", "CONFIGURATIONS"]);
  return described!;
}
