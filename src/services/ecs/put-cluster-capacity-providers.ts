import { PutClusterCapacityProvidersCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../aws/operation.ts";
import { resourceTags } from "./access.ts";
import { clusterArn } from "./arns.ts";
import { changeCluster } from "./change-cluster.ts";
import type { Ecs } from "./context.ts";
import { invalidParameter } from "./errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
export const putClusterCapacityProviders = operation(PutClusterCapacityProvidersCommand)({
  async access(input, call, context: Ecs) {
    const resource = clusterArn(call, input.cluster);
    return { action: "ecs:PutClusterCapacityProviders", resource, conditions: await resourceTags(context, resource) };
  },
  async run({ cluster, capacityProviders, defaultCapacityProviderStrategy }, context: Ecs, call) {
    const unknown = capacityProviders.find((name) => name !== "FARGATE" && name !== "FARGATE_SPOT");
    if (unknown !== undefined) throw invalidParameter("The specified capacity provider was not found.");
    const changed = await changeCluster(context, call, cluster, { capacityProviders, defaultCapacityProviderStrategy });
    return { cluster: changed };
  },
});
