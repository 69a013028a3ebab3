import { ListTasksCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { inClusterNeed } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { serviceNotFound } from "../errors.ts";
import { findInstance, registeredInstance } from "../instances/find.ts";
import { page, pageSize, readTextToken } from "../page.ts";
import { findService } from "../services/find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
export const listTasks = operation(ListTasksCommand)({
  find: async (input, call, context: Ecs) => ({
    instance: await findInstance(context, call, input.cluster, input.containerInstance ?? "*"),
    service:
      input.serviceName === undefined ? undefined : await findService(context, call, input.cluster, input.serviceName),
  }),
  access: ({ instance }) => inClusterNeed(instance),
  async run({ instance, service }, input, { store }) {
    const cluster = activeCluster(instance.cluster);
    if (service && !service.item) throw serviceNotFound();
    const instanceArn = input.containerInstance === undefined ? undefined : registeredInstance(instance).arn;
    const size = pageSize(input.maxResults, 100);
    const { desiredStatus = "RUNNING" } = input;
    // As on AWS, PENDING is nobody's desired status.
    if (desiredStatus === "PENDING") return { taskArns: [] };
    const filter = {
      desiredStatus,
      family: input.family,
      serviceArn: service?.arn,
      instanceArn,
      startedBy: input.startedBy,
      launchType: input.launchType,
    };
    const arns = await store.tasks.list(cluster.arn, filter, size + 1, readTextToken(input.nextToken));
    const { items, nextToken } = page(arns, size, (arn) => arn);
    return { taskArns: items, ...defined({ nextToken }) };
  },
});
