import { UpdateContainerInstancesStateCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan } from "../errors.ts";
import { findCluster } from "../find.ts";
import { describeInstance } from "../instances/shape.ts";
import type { Instance } from "../model.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerInstancesState.html */
export const updateContainerInstancesState = operation(UpdateContainerInstancesStateCommand)({
  access: (input, call, context: Ecs) => {
    refuseMoreThan(10, "Container instances", input.containerInstances);
    const action = "ecs:UpdateContainerInstancesState";
    return Promise.all(
      input.containerInstances.map((reference) =>
        accessInCluster(action, input.cluster, "container-instance", reference, call, context),
      ),
    );
  },
  async run(input, context: Ecs, call) {
    const { store, events } = context;
    const { status } = input;
    if (status !== "ACTIVE" && status !== "DRAINING") {
      throw invalidParameter("Container instance status should be one of [ACTIVE, DRAINING].");
    }
    const cluster = await findCluster(context, call, input.cluster);
    const containerInstances = [];
    const failures = [];
    for (const reference of input.containerInstances) {
      const arn = inCluster(call, cluster.arn, "container-instance", reference);
      const changed = await store.transaction(async (records) => {
        const instance = await records.instances.find(arn);
        if (!instance || instance.clusterArn !== cluster.arn || instance.status === "INACTIVE") return undefined;
        const next: Instance = { ...instance, status, version: instance.version + 1 };
        await records.instances.put(next);
        return next;
      });
      if (!changed) failures.push({ arn, reason: "MISSING" });
      else containerInstances.push(describeInstance(changed, await store.tasks.placed({ instanceArn: arn })));
    }
    events.wake("services");
    return { containerInstances, failures };
  },
});
