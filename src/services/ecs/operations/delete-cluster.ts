import {
  ClusterContainsContainerInstancesException$,
  ClusterContainsServicesException$,
  ClusterContainsTasksException$,
  DeleteClusterCommand,
} from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { clusterNeed } from "../clusters/access.ts";
import type { Cluster } from "../clusters/cluster.ts";
import { activeCluster, findTaggedCluster } from "../clusters/find.ts";
import { clusterShape } from "../clusters/shape.ts";
import type { Ecs } from "../context.ts";
import { clusterInactive } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
export const deleteCluster = operation(DeleteClusterCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access: clusterNeed,
  async run(found, _input, { store }, call) {
    const { arn } = activeCluster(found);
    const deleted = await store.transaction(async (records) => {
      const current = await records.clusters.find(arn);
      if (current?.status !== "ACTIVE") throw clusterInactive();
      if ((await records.services.list(arn, "")).some(({ status }) => status === "ACTIVE")) {
        throw new ApiError(
          ClusterContainsServicesException$,
          "The Cluster cannot be deleted while Services are active.",
        );
      }
      if ((await records.instances.countOf(arn)) > 0) {
        throw new ApiError(
          ClusterContainsContainerInstancesException$,
          "The Cluster cannot be deleted while Container Instances are active or draining.",
        );
      }
      if (await records.tasks.hasLive(arn)) {
        throw new ApiError(ClusterContainsTasksException$, "The Cluster cannot be deleted while Tasks are active.");
      }
      const next: Cluster = { ...current, status: "INACTIVE" };
      await records.clusters.put(call, next);
      await records.tags.put(arn, []);
      return next;
    });
    return { cluster: await clusterShape(store, deleted) };
  },
});
