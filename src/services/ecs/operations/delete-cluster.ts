import {
  ClusterContainsContainerInstancesException$,
  ClusterContainsServicesException$,
  ClusterContainsTasksException$,
  DeleteClusterCommand,
} from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import { describeClusterRecords } from "../clusters/shape.ts";
import type { Ecs } from "../context.ts";
import { findCluster } from "../find.ts";
import type { Cluster } from "../model.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
export const deleteCluster = operation(DeleteClusterCommand)({
  access: onCluster("ecs:DeleteCluster"),
  async run(input, context: Ecs, call) {
    const { store } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const deleted: Cluster = { ...cluster, status: "INACTIVE" };
    await store.transaction(async (records) => {
      if ((await records.services.list(cluster.arn, "")).some(({ status }) => status === "ACTIVE")) {
        throw new ApiError(
          ClusterContainsServicesException$,
          "The Cluster cannot be deleted while Services are active.",
        );
      }
      if ((await records.instances.ofCluster(cluster.arn)).length > 0) {
        throw new ApiError(
          ClusterContainsContainerInstancesException$,
          "The Cluster cannot be deleted while Container Instances are active or draining.",
        );
      }
      if ((await records.tasks.placed({ clusterArn: cluster.arn })).length > 0) {
        throw new ApiError(ClusterContainsTasksException$, "The Cluster cannot be deleted while Tasks are active.");
      }
      await records.clusters.put(call, deleted);
      await records.tags.put(cluster.arn, []);
    });
    const [described] = await describeClusterRecords(store, [deleted]);
    return { cluster: described! };
  },
});
