import { UpdateClusterSettingsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../aws/operation.ts";
import { resourceTags } from "./access.ts";
import { clusterArn } from "./arns.ts";
import { changeCluster } from "./change-cluster.ts";
import type { Ecs } from "./context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateClusterSettings.html */
export const updateClusterSettings = operation(UpdateClusterSettingsCommand)({
  async access(input, call, context: Ecs) {
    const resource = clusterArn(call, input.cluster);
    return { action: "ecs:UpdateClusterSettings", resource, conditions: await resourceTags(context, resource) };
  },
  async run({ cluster, settings }, context: Ecs, call) {
    return { cluster: await changeCluster(context, call, cluster, { settings }) };
  },
});
