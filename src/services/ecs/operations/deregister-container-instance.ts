import { DeregisterContainerInstanceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { lastPart } from "../arns.ts";
import { clusterNeed } from "../clusters/access.ts";
import { activeCluster, findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findInstance, registeredInstance } from "../instances/find.ts";
import type { Instance } from "../instances/instance.ts";
import { entityOf, refuseManaging } from "../instances/registrant.ts";
import { instanceShape } from "../instances/shape.ts";
import { nothingReserved } from "../placement/reserved.ts";
import { stopNow } from "../tasks/state.ts";
import { storeTasks } from "../tasks/store-task.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html */
export const deregisterContainerInstance = operation(DeregisterContainerInstanceCommand)({
  find: async (input, call, context: Ecs) => ({
    cluster: await findTaggedCluster(context, call, input.cluster),
    instance: await findInstance(context, call, input.cluster, input.containerInstance),
    isMachine: await context.store.instances.hasRegistered(entityOf(call.principal)),
  }),
  access: ({ cluster }) => clusterNeed(cluster),
  async run(found, input, { store, wakes }, call) {
    activeCluster(found.cluster);
    const { arn } = registeredInstance(found.instance);
    const at = call.time.getTime();
    const { next, stopped } = await store.transaction(async (records) => {
      const instance = registeredInstance({ item: await records.instances.find(arn) });
      refuseManaging(call.principal, found.isMachine, instance, "ecs:DeregisterContainerInstance");
      const live = await records.tasks.liveOn(arn);
      if (live.length > 0 && !input.force) throw invalidParameter("Found running tasks on the instance.");
      // No agent will report their end.
      const reason = `Host EC2 (instance ${instance.ec2InstanceId ?? lastPart(arn)}) terminated.`;
      const stop = { at, code: "TerminationNotice", reason } as const;
      await storeTasks(
        records,
        live.map((before) => ({ before, after: stopNow(before, stop) })),
      );
      const next: Instance = { ...instance, status: "INACTIVE", version: instance.version + 1 };
      await records.instances.put(next);
      // Of its tasks nothing is left.
      return { next: { ...next, reserved: nothingReserved }, stopped: live };
    });
    wakes.wake(`instance:${arn}`);
    for (const task of stopped) wakes.wake(`task:${task.arn}`);
    wakes.wake("services");
    return { containerInstance: await instanceShape(store, next) };
  },
});
