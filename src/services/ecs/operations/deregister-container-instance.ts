import { DeregisterContainerInstanceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import { lastPart } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findCluster, findInstance } from "../find.ts";
import { describeInstance } from "../instances/shape.ts";
import type { Instance } from "../model.ts";
import { stopNow } from "../tasks/state.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html */
export const deregisterContainerInstance = operation(DeregisterContainerInstanceCommand)({
  access: onCluster("ecs:DeregisterContainerInstance"),
  async run(input, context: Ecs, call) {
    const { store, events } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const { arn } = await findInstance(context, call, cluster, input.containerInstance);
    const at = call.time.getTime();
    const deregistered = await store.transaction(async (records) => {
      const instance = (await records.instances.find(arn))!;
      const live = await records.tasks.live({ instanceArn: arn });
      if (live.length > 0 && !input.force) throw invalidParameter("Found running tasks on the instance.");
      // Nobody will tell of them any more.
      const reason = `Host EC2 (instance ${instance.ec2InstanceId ?? lastPart(arn)}) terminated.`;
      for (const task of live) await records.tasks.update(stopNow(task, { at, code: "TerminationNotice", reason }));
      const next: Instance = { ...instance, status: "INACTIVE", version: instance.version + 1 };
      await records.instances.put(next);
      return next;
    });
    events.wake(`instance:${arn}`);
    events.wake("services");
    return { containerInstance: describeInstance(deregistered, []) };
  },
});
