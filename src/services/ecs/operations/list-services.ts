import { ListServicesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { inClusterCondition } from "../access.ts";
import type { Ecs } from "../context.ts";
import { findCluster } from "../find.ts";
import { isText, page, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html */
export const listServices = operation(ListServicesCommand)({
  access: (input, call) => ({
    action: "ecs:ListServices",
    resource: "*",
    conditions: inClusterCondition(call, input.cluster),
  }),
  async run(input, context: Ecs, call) {
    const cluster = await findCluster(context, call, input.cluster);
    const size = input.maxResults ?? 10;
    const after = readToken(input.nextToken, isText) ?? "";
    const found = (await context.store.services.list(cluster.arn, after)).filter(
      ({ launchType, schedulingStrategy }) =>
        (input.launchType ?? launchType) === launchType &&
        (input.schedulingStrategy ?? schedulingStrategy) === schedulingStrategy,
    );
    const { items, nextToken } = page(found, size, ({ arn }) => arn);
    return { serviceArns: items.map(({ arn }) => arn), ...(nextToken !== undefined && { nextToken }) };
  },
});
