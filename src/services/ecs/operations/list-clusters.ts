import { ListClustersCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import type { Ecs } from "../context.ts";
import { isText, page, readToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html */
export const listClusters = operation(ListClustersCommand)({
  access: () => ({ action: "ecs:ListClusters", resource: "*" }),
  async run(input, { store }: Ecs, call) {
    const size = input.maxResults ?? 100;
    const found = await store.clusters.list(call, size + 1, readToken(input.nextToken, isText) ?? "");
    const { items, nextToken } = page(found, size, (arn) => arn);
    return { clusterArns: items, ...(nextToken !== undefined && { nextToken }) };
  },
});
