import { DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { clusterArn, isOwn } from "../arns.ts";
import { clusterNeed } from "../clusters/access.ts";
import { clusterShapes } from "../clusters/shape.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html */
export const describeClusters = operation(DescribeClustersCommand)({
  async find(input, call, { store }: Ecs) {
    refuseMoreThan(100, "Clusters", input.clusters ?? []);
    const references = input.clusters?.length ? input.clusters : ["default"];
    const arns = [...new Set(references.map((reference) => clusterArn(call, reference)))];
    const clusters = new Map(
      (await store.clusters.findAll(arns.filter((arn) => isOwn(call, arn)))).map((cluster) => [cluster.arn, cluster]),
    );
    const tags = await store.tags.ofAll(arns);
    return arns.map((arn) => ({ arn, cluster: clusters.get(arn), tags: tags.get(arn) ?? [] }));
  },
  access: (found) => found.map(clusterNeed),
  async run(found, input, { store }) {
    const clusters = found.flatMap(({ cluster }) => cluster ?? []);
    const failures = found.flatMap(({ arn, cluster }) => (cluster ? [] : { arn, reason: "MISSING" }));
    return { clusters: await clusterShapes(store, clusters, input.include), failures };
  },
});
