import { DeleteServiceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, serviceNotFound } from "../errors.ts";
import { findCluster } from "../find.ts";
import type { ServiceRecord } from "../model.ts";
import { describeService } from "../services/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html */
export const deleteService = operation(DeleteServiceCommand)({
  access: (input, call, context: Ecs) =>
    accessInCluster("ecs:DeleteService", input.cluster, "service", input.service, call, context),
  async run(input, context: Ecs, call) {
    const { store, events } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const arn = inCluster(call, cluster.arn, "service", input.service);
    const service = await store.transaction(async (records) => {
      const current = await records.services.find(arn);
      if (!current || current.clusterArn !== cluster.arn) throw serviceNotFound();
      // Deleting again what drains or is gone is no error.
      if (current.status !== "ACTIVE") return current;
      if (current.desiredCount > 0 && !input.force) {
        throw invalidParameter("The service cannot be stopped while it is scaled above 0.");
      }
      // The orchestrator makes it INACTIVE once its last task has stopped.
      const next: ServiceRecord = { ...current, status: "DRAINING", desiredCount: 0, steady: false };
      await records.services.put(next);
      return next;
    });
    events.wake("services");
    return { service: describeService(service, await store.tasks.ofService(arn), await store.tags.get(arn)) };
  },
});
