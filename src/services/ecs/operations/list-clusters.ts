import { ListClustersCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { page, pageSize, readTextToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html */
export const listClusters = operation(ListClustersCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store }: Ecs, call) {
    const size = pageSize(input.maxResults, 100);
    const arns = await store.clusters.list(call, size + 1, readTextToken(input.nextToken));
    const { items, nextToken } = page(arns, size, (arn) => arn);
    return { clusterArns: items, ...defined({ nextToken }) };
  },
});
