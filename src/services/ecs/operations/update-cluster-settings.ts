import { UpdateClusterSettingsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { clusterNeed } from "../clusters/access.ts";
import { changeCluster } from "../clusters/change-cluster.ts";
import { findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateClusterSettings.html */
export const updateClusterSettings = operation(UpdateClusterSettingsCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access: clusterNeed,
  async run(cluster, { settings }, context, call) {
    return { cluster: await changeCluster(context, call, cluster, { settings }) };
  },
});
