import { ListContainerInstancesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import type { Ecs } from "../context.ts";
import { findCluster } from "../find.ts";
import { matches } from "../instances/attribute-query.ts";
import { isText, page, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html */
export const listContainerInstances = operation(ListContainerInstancesCommand)({
  access: onCluster("ecs:ListContainerInstances"),
  async run(input, context: Ecs, call) {
    const cluster = await findCluster(context, call, input.cluster);
    const size = input.maxResults ?? 100;
    const after = readToken(input.nextToken, isText) ?? "";
    const found = (await context.store.instances.ofCluster(cluster.arn))
      .filter(({ arn, status }) => arn > after && (input.status === undefined || status === input.status))
      .filter((instance) => input.filter === undefined || matches(input.filter, instance));
    const { items, nextToken } = page(found, size, ({ arn }) => arn);
    return { containerInstanceArns: items.map(({ arn }) => arn), ...(nextToken !== undefined && { nextToken }) };
  },
});
