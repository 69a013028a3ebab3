import { UpdateClusterSettingsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import { changeCluster } from "../clusters/change-cluster.ts";
import type { Ecs } from "../context.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateClusterSettings.html */
export const updateClusterSettings = operation(UpdateClusterSettingsCommand)({
  access: onCluster("ecs:UpdateClusterSettings"),
  async run({ cluster, settings }, context: Ecs, call) {
    return { cluster: await changeCluster(context, call, cluster, { settings }) };
  },
});
