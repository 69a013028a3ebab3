import { ListTasksCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { serviceNotFound } from "../errors.ts";
import { findCluster, findInstance } from "../find.ts";
import { isText, page, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
export const listTasks = operation(ListTasksCommand)({
  access: (input, call, context: Ecs) =>
    accessInCluster(
      "ecs:ListTasks",
      input.cluster,
      "container-instance",
      input.containerInstance ?? "*",
      call,
      context,
    ),
  async run(input, context, call) {
    const { store } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const serviceArn =
      input.serviceName === undefined ? undefined : inCluster(call, cluster.arn, "service", input.serviceName);
    if (serviceArn !== undefined && !(await store.services.find(serviceArn))) throw serviceNotFound();
    const instance =
      input.containerInstance === undefined
        ? undefined
        : await findInstance(context, call, cluster, input.containerInstance);
    const size = input.maxResults ?? 100;
    const found = await store.tasks.list(
      cluster.arn,
      {
        desiredStatus: input.desiredStatus ?? "RUNNING",
        family: input.family,
        serviceArn,
        instanceArn: instance?.arn,
        startedBy: input.startedBy,
        launchType: input.launchType,
      },
      size + 1,
      readToken(input.nextToken, isText) ?? "",
    );
    const { items, nextToken } = page(found, size, (arn) => arn);
    return { taskArns: items, ...(nextToken !== undefined && { nextToken }) };
  },
});
