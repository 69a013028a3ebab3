import { UpdateContainerInstancesStateCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan, refuseNone } from "../errors.ts";
import { findInstances } from "../instances/find.ts";
import type { Instance } from "../instances/instance.ts";
import { entityOf, refuseManaging } from "../instances/registrant.ts";
import { instanceShapes } from "../instances/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerInstancesState.html */
export const updateContainerInstancesState = operation(UpdateContainerInstancesStateCommand)({
  find: async (input, call, context: Ecs) => {
    refuseMoreThan(10, "Container instances", input.containerInstances);
    return {
      ...(await findInstances(context, call, input.cluster, input.containerInstances)),
      isMachine: await context.store.instances.hasRegistered(entityOf(call.principal)),
    };
  },
  access: inClusterNeeds,
  async run({ cluster, all, isMachine }, { status }, { store, wakes }, { principal }) {
    if (status !== "ACTIVE" && status !== "DRAINING") {
      throw invalidParameter("Container instance status should be one of [ACTIVE, DRAINING].");
    }
    refuseNone("Container instance", all);
    activeCluster(cluster);
    for (const { item } of all) {
      if (item) refuseManaging(principal, isMachine, item, "ecs:UpdateContainerInstancesState");
    }
    const instances = [];
    const failures = [];
    for (const { arn, item } of all) {
      const changed = await store.transaction(async (records) => {
        const current = item && (await records.instances.find(arn));
        if (!current || current.status === "INACTIVE") return undefined;
        const next: Instance = { ...current, status, version: current.version + 1 };
        await records.instances.put(next);
        return next;
      });
      if (changed) instances.push(changed);
      else failures.push({ arn, reason: "MISSING" });
    }
    wakes.wake("services");
    return { containerInstances: await instanceShapes(store, instances), failures };
  },
});
