import { UpdateClusterCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import { changeCluster } from "../clusters/change-cluster.ts";
import type { Ecs } from "../context.ts";
import { ephemeralStorageKey } from "../tasks/launch-conditions.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCluster.html */
export const updateCluster = operation(UpdateClusterCommand)({
  async access(input, call, context: Ecs) {
    const access = await onCluster("ecs:UpdateCluster")(input, call, context);
    return { ...access, conditions: { ...access.conditions, ...ephemeralStorageKey(input.configuration) } };
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
