import { ListServicesCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { inClusterCondition } from "../clusters/access.ts";
import { activeCluster, findCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { page, pageSize, readTextToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html */
export const listServices = operation(ListServicesCommand)({
  find: (input, call, context: Ecs) => findCluster(context, call, input.cluster),
  access: (cluster) => ({ resource: "*", conditions: inClusterCondition(cluster) }),
  async run(found, input, { store }) {
    const cluster = activeCluster(found);
    const size = pageSize(input.maxResults, 10);
    const services = (await store.services.list(cluster.arn, readTextToken(input.nextToken))).filter(
      ({ launchType, schedulingStrategy }) =>
        (input.launchType ?? launchType) === launchType &&
        (input.schedulingStrategy ?? schedulingStrategy) === schedulingStrategy,
    );
    const { items, nextToken } = page(services, size, ({ arn }) => arn);
    return { serviceArns: items.map(({ arn }) => arn), ...defined({ nextToken }) };
  },
});
