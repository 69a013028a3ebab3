import { DescribeContainerInstancesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan, refuseNone } from "../errors.ts";
import { findInstances } from "../instances/find.ts";
import { healthShape } from "../instances/health.ts";
import { instanceShapes } from "../instances/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
export const describeContainerInstances = operation(DescribeContainerInstancesCommand)({
  find: (input, call, context: Ecs) => {
    refuseMoreThan(100, "Container instances", input.containerInstances);
    return findInstances(context, call, input.cluster, input.containerInstances);
  },
  access: inClusterNeeds,
  async run({ cluster, all }, input, { store }) {
    refuseNone("Container instance", all);
    activeCluster(cluster);
    const instances = all.flatMap(({ item }) => item ?? []);
    const failures = all.flatMap(({ arn, item }) => (item ? [] : { arn, reason: "MISSING" }));
    const tags = new Map(input.include?.includes("TAGS") ? all.map((found) => [found.arn, found.tags]) : []);
    const shapes = await instanceShapes(store, instances, tags);
    if (!input.include?.includes("CONTAINER_INSTANCE_HEALTH")) return { containerInstances: shapes, failures };
    const withHealth = shapes.map((shape, index) => ({
      ...shape,
      healthStatus: healthShape(instances[index]?.health),
    }));
    return { containerInstances: withHealth, failures };
  },
});
