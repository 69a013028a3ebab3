import { DescribeContainerInstancesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan } from "../errors.ts";
import { findInstances } from "../instances/find.ts";
import { instanceShape } from "../instances/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
export const describeContainerInstances = operation(DescribeContainerInstancesCommand)({
  find: (input, call, context: Ecs) => {
    refuseMoreThan(100, "Container instances", input.containerInstances);
    return findInstances(context, call, input.cluster, input.containerInstances);
  },
  access: inClusterNeeds,
  async run({ cluster, all }, input, { store }) {
    if (all.length === 0) throw invalidParameter("Container instances cannot be empty.");
    activeCluster(cluster);
    const containerInstances = [];
    const failures = [];
    for (const { arn, item: instance, tags } of all) {
      if (!instance) {
        failures.push({ arn, reason: "MISSING" });
        continue;
      }
      const live = await store.tasks.placed({ instanceArn: arn });
      containerInstances.push(instanceShape(instance, live, input.include?.includes("TAGS") ? tags : []));
    }
    return { containerInstances, failures };
  },
});
