import { PutClusterCapacityProvidersCommand, ResourceInUseException$ } from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { clusterNeed } from "../clusters/access.ts";
import { changeCluster } from "../clusters/change-cluster.ts";
import type { Cluster } from "../clusters/cluster.ts";
import { findTaggedCluster } from "../clusters/find.ts";
import { readClusterCapacity } from "../clusters/read-capacity.ts";
import type { Ecs } from "../context.ts";
import type { Records } from "../store.ts";
import { capacityProviders as capacityProviderKeys } from "../tasks/launch-conditions.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
export const putClusterCapacityProviders = operation(PutClusterCapacityProvidersCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access(cluster, input, call) {
    const { resource, conditions } = clusterNeed(cluster);
    return { resource, conditions: { ...conditions, ...capacityProviderKeys(call, input.capacityProviders) } };
  },
  async run(cluster, input, context, call) {
    const change = async (current: Cluster, records: Records) => {
      const next = await readClusterCapacity(records, call, input);
      const removed = (current.capacityProviders ?? []).filter((name) => !next.capacityProviders?.includes(name));
      if (await areUsed(records, current.arn, removed)) throw inUse();
      return next;
    };
    return { cluster: await changeCluster(context, call, cluster, change) };
  },
});

const inUse = () =>
  new ApiError(ResourceInUseException$, "The specified capacity provider is in use and cannot be removed.");

async function areUsed(records: Records, clusterArn: string, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return false;
  if (await records.tasks.hasLiveWith(clusterArn, names)) return true;
  const services = await records.services.list(clusterArn, "");
  return services.some(({ capacityProviderStrategy = [] }) =>
    capacityProviderStrategy.some(({ capacityProvider }) => names.includes(capacityProvider)),
  );
}
