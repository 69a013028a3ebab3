import { DeleteServiceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeed } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, serviceNotFound } from "../errors.ts";
import { findService } from "../services/find.ts";
import type { ServiceRecord } from "../services/service.ts";
import { serviceShape } from "../services/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html */
export const deleteService = operation(DeleteServiceCommand)({
  find: (input, call, context: Ecs) => findService(context, call, input.cluster, input.service),
  access: inClusterNeed,
  async run({ cluster, arn, item: found }, input, { store, wakes }) {
    activeCluster(cluster);
    if (!found) throw serviceNotFound();
    const service = await store.transaction(async (records) => {
      const current = await records.services.find(arn);
      // Another service of that name is not the one that was found.
      if (current?.createdAt !== found.createdAt) throw serviceNotFound();
      // It is no error to delete a service again.
      if (current.status !== "ACTIVE") return current;
      // The number of a daemon's tasks is not its owner's to change.
      if (current.desiredCount > 0 && !input.force && current.schedulingStrategy === "REPLICA") {
        throw invalidParameter("The service cannot be stopped while it is scaled above 0.");
      }
      // The scheduler makes it INACTIVE once its last task has stopped.
      const next: ServiceRecord = { ...current, status: "DRAINING", desiredCount: 0, steady: false };
      await records.services.put(next);
      return next;
    });
    wakes.wake("services");
    return { service: serviceShape(service, await store.taskStates.countAll(arn), await store.tags.get(arn)) };
  },
});
