import { UpdateClusterCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../aws/operation.ts";
import { resourceTags } from "./access.ts";
import { clusterArn } from "./arns.ts";
import { changeCluster } from "./change-cluster.ts";
import type { Ecs } from "./context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCluster.html */
export const updateCluster = operation(UpdateClusterCommand)({
  async access(input, call, context: Ecs) {
    const resource = clusterArn(call, input.cluster);
    return { action: "ecs:UpdateCluster", resource, conditions: await resourceTags(context, resource) };
  },
  async run({ cluster, settings, configuration, serviceConnectDefaults }, context: Ecs, call) {
    const changed = await changeCluster(context, call, cluster, {
      ...(settings && { settings }),
      ...(configuration && { configuration }),
      ...(serviceConnectDefaults && { serviceConnectDefaults }),
    });
    return { cluster: changed };
  },
});
