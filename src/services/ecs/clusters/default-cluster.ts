import { clusterArn, type Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { type Cluster, newCluster } from "./cluster.ts";

/**
 * The cluster that is meant where a request names none. Makes it if it is not there, with Fargate's providers, as the console of AWS
 * does: services of production name them.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export function ensureDefaultCluster({ store }: Pick<Ecs, "store">, scope: Scope): Promise<Cluster> {
  return store.transaction(async (records) => {
    const current = await records.clusters.find(clusterArn(scope, "default"));
    if (current?.status === "ACTIVE") return current;
    const made = { ...newCluster(scope, "default"), capacityProviders: ["FARGATE", "FARGATE_SPOT"] };
    await records.clusters.put(scope, made);
    return made;
  });
}
