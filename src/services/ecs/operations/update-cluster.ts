import { UpdateClusterCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { clusterNeed, ephemeralStorageKey } from "../clusters/access.ts";
import { changeCluster } from "../clusters/change-cluster.ts";
import { findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCluster.html */
export const updateCluster = operation(UpdateClusterCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access(cluster, input) {
    const { resource, conditions } = clusterNeed(cluster);
    return { resource, conditions: { ...conditions, ...ephemeralStorageKey(input.configuration) } };
  },
  async run(cluster, { settings, configuration, serviceConnectDefaults }, context, call) {
    const change = defined({ settings, configuration, serviceConnectDefaults });
    return { cluster: await changeCluster(context, call, cluster, change) };
  },
});
