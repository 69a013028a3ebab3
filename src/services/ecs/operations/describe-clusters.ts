import { DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import { clusterArn, isOwn } from "../arns.ts";
import { describeClusterRecords } from "../clusters/shape.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html */
export const describeClusters = operation(DescribeClustersCommand)({
  access: (input, call, context: Ecs) => {
    refuseMoreThan(100, "Clusters", input.clusters ?? []);
    return Promise.all(
      (input.clusters?.length ? input.clusters : ["default"]).map((cluster) =>
        onCluster("ecs:DescribeClusters")({ cluster }, call, context),
      ),
    );
  },
  async run(input, { store }: Ecs, call) {
    const references = input.clusters?.length ? input.clusters : ["default"];
    const found = [];
    const failures = [];
    for (const arn of new Set(references.map((reference) => clusterArn(call, reference)))) {
      const cluster = isOwn(call, arn) ? await store.clusters.find(arn) : undefined;
      if (cluster) found.push(cluster);
      else failures.push({ arn, reason: "MISSING" });
    }
    return { clusters: await describeClusterRecords(store, found, input.include), failures };
  },
});
