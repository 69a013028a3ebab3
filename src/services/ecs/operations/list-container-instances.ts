import { ListContainerInstancesCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { clusterNeed } from "../clusters/access.ts";
import { activeCluster, findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { matches } from "../instances/attribute-query.ts";
import { page, pageSize, readTextToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html */
export const listContainerInstances = operation(ListContainerInstancesCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access: clusterNeed,
  async run(found, input, { store }) {
    const cluster = activeCluster(found);
    const size = pageSize(input.maxResults, 100);
    const after = readTextToken(input.nextToken);
    const instances = (await store.instances.ofCluster(cluster.arn))
      .filter(({ arn, status }) => arn > after && (input.status === undefined || status === input.status))
      .filter((instance) => input.filter === undefined || matches(input.filter, instance));
    const { items, nextToken } = page(instances, size, ({ arn }) => arn);
    return { containerInstanceArns: items.map(({ arn }) => arn), ...defined({ nextToken }) };
  },
});
