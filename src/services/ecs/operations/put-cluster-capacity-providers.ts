import { PutClusterCapacityProvidersCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import { changeCluster } from "../clusters/change-cluster.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { capacityProviders } from "../tasks/launch-conditions.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
export const putClusterCapacityProviders = operation(PutClusterCapacityProvidersCommand)({
  async access(input, call, context: Ecs) {
    const access = await onCluster("ecs:PutClusterCapacityProviders")(input, call, context);
    return { ...access, conditions: { ...access.conditions, ...capacityProviders(call, input.capacityProviders) } };
  },
  async run({ cluster, capacityProviders, defaultCapacityProviderStrategy }, context: Ecs, call) {
    const unknown = capacityProviders.find((name) => name !== "FARGATE" && name !== "FARGATE_SPOT");
    if (unknown !== undefined) throw invalidParameter("The specified capacity provider was not found.");
    const changed = await changeCluster(context, call, cluster, { capacityProviders, defaultCapacityProviderStrategy });
    return { cluster: changed };
  },
});
