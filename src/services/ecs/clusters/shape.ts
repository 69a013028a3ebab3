import type { Cluster as ApiCluster, KeyValuePair, Tag } from "@aws-sdk/client-ecs";
import type { Cluster } from "../model.ts";
import type { EcsStore } from "../store.ts";

/** Clusters as the API shows them, with `include`'s parts. */
export async function describeClusterRecords(
  store: EcsStore,
  clusters: readonly Cluster[],
  include: readonly string[] = [],
): Promise<ApiCluster[]> {
  const counts = await store.tasks.counts(
    "cluster_arn",
    clusters.map(({ arn }) => arn),
  );
  return Promise.all(
    clusters.map(async (cluster) => {
      const own = counts.filter(({ arn }) => arn === cluster.arn);
      const count = (running: boolean, launchType?: string) =>
        own
          .filter((row) => (row.last_status === "RUNNING") === running && row.desired_status === "RUNNING")
          .filter((row) => launchType === undefined || row.launch_type === launchType)
          .reduce((sum, row) => sum + row.count, 0);
      const services = await store.services.list(cluster.arn, "");
      const active = services.filter(({ status }) => status === "ACTIVE");
      const statistics: KeyValuePair[] = (["EC2", "FARGATE"] as const).flatMap((type) => {
        const name = type === "EC2" ? "EC2" : "Fargate";
        const ofType = (status: string) =>
          services.filter((service) => service.launchType === type && service.status === status).length;
        return [
          { name: `running${name}TasksCount`, value: String(count(true, type)) },
          { name: `pending${name}TasksCount`, value: String(count(false, type)) },
          { name: `active${name}ServiceCount`, value: String(ofType("ACTIVE")) },
          { name: `draining${name}ServiceCount`, value: String(ofType("DRAINING")) },
        ];
      });
      const tags: readonly Tag[] = include.includes("TAGS") ? await store.tags.get(cluster.arn) : [];
      return {
        clusterArn: cluster.arn,
        clusterName: cluster.name,
        status: cluster.status,
        registeredContainerInstancesCount: (await store.instances.ofCluster(cluster.arn)).length,
        runningTasksCount: count(true),
        pendingTasksCount: count(false),
        activeServicesCount: active.length,
        statistics: include.includes("STATISTICS") ? statistics : [],
        tags: [...tags],
        settings: include.includes("SETTINGS") || include.length === 0 ? (cluster.settings ?? []) : [],
        capacityProviders: cluster.capacityProviders ?? [],
        defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy ?? [],
        ...(cluster.serviceConnectDefaults && { serviceConnectDefaults: cluster.serviceConnectDefaults }),
        ...(include.includes("CONFIGURATIONS") && cluster.configuration && { configuration: cluster.configuration }),
      };
    }),
  );
}
