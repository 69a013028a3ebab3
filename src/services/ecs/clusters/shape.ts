import type { Cluster as ApiCluster, KeyValuePair } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { ServiceRecord } from "../services/service.ts";
import type { EcsStore } from "../store.ts";
import type { Cluster } from "./cluster.ts";

type TaskCounts = Awaited<ReturnType<EcsStore["tasks"]["counts"]>>;

/** Clusters as the API shows them, with the parts that `include` names. */
export async function clusterShapes(
  store: EcsStore,
  clusters: readonly Cluster[],
  include: readonly string[] = [],
): Promise<ApiCluster[]> {
  const arns = clusters.map(({ arn }) => arn);
  const counts = await store.tasks.counts("cluster_arn", arns);
  const tags = include.includes("TAGS") ? await store.tags.ofAll(arns) : undefined;
  return Promise.all(
    clusters.map(async (cluster) => {
      const own = counts.filter(({ arn }) => arn === cluster.arn);
      const services = await store.services.list(cluster.arn, "");
      return {
        clusterArn: cluster.arn,
        clusterName: cluster.name,
        status: cluster.status,
        registeredContainerInstancesCount: await store.instances.countOf(cluster.arn),
        runningTasksCount: countTasks(own, true),
        pendingTasksCount: countTasks(own, false),
        activeServicesCount: services.filter(({ status }) => status === "ACTIVE").length,
        statistics: include.includes("STATISTICS") ? statistics(own, services) : [],
        tags: [...(tags?.get(cluster.arn) ?? [])],
        settings: include.includes("SETTINGS") || include.length === 0 ? (cluster.settings ?? []) : [],
        capacityProviders: cluster.capacityProviders ?? [],
        defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy ?? [],
        ...defined({
          serviceConnectDefaults: cluster.serviceConnectDefaults,
          configuration: include.includes("CONFIGURATIONS") ? cluster.configuration : undefined,
        }),
      };
    }),
  );
}

export async function clusterShape(
  store: EcsStore,
  cluster: Cluster,
  include: readonly string[] = [],
): Promise<ApiCluster> {
  const [shape = {}] = await clusterShapes(store, [cluster], include);
  return shape;
}

function statistics(counts: TaskCounts, services: readonly ServiceRecord[]): KeyValuePair[] {
  return (["EC2", "FARGATE"] as const).flatMap((type) => {
    const name = type === "EC2" ? "EC2" : "Fargate";
    const countServices = (status: string) =>
      services.filter((service) => service.launchType === type && service.status === status).length;
    return [
      { name: `running${name}TasksCount`, value: String(countTasks(counts, true, type)) },
      { name: `pending${name}TasksCount`, value: String(countTasks(counts, false, type)) },
      { name: `active${name}ServiceCount`, value: String(countServices("ACTIVE")) },
      { name: `draining${name}ServiceCount`, value: String(countServices("DRAINING")) },
    ];
  });
}

/** Tasks that are wanted and run, or do not run yet. */
function countTasks(counts: TaskCounts, running: boolean, launchType?: string): number {
  return counts
    .filter((row) => (row.last_status === "RUNNING") === running && row.desired_status === "RUNNING")
    .filter((row) => launchType === undefined || row.launch_type === launchType)
    .reduce((sum, row) => sum + row.count, 0);
}
