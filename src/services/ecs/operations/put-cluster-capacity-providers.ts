import { PutClusterCapacityProvidersCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { clusterNeed } from "../clusters/access.ts";
import { changeCluster } from "../clusters/change-cluster.ts";
import { findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { capacityProviders as capacityProviderKeys } from "../tasks/launch-conditions.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
export const putClusterCapacityProviders = operation(PutClusterCapacityProvidersCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access(cluster, input, call) {
    const { resource, conditions } = clusterNeed(cluster);
    return { resource, conditions: { ...conditions, ...capacityProviderKeys(call, input.capacityProviders) } };
  },
  async run(cluster, { capacityProviders, defaultCapacityProviderStrategy }, context, call) {
    const unknown = capacityProviders.find((name) => name !== "FARGATE" && name !== "FARGATE_SPOT");
    if (unknown !== undefined) throw invalidParameter("The specified capacity provider was not found.");
    const change = { capacityProviders, defaultCapacityProviderStrategy };
    return { cluster: await changeCluster(context, call, cluster, change) };
  },
});
