import { DescribeContainerInstancesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan } from "../errors.ts";
import { findCluster } from "../find.ts";
import { describeInstance } from "../instances/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
export const describeContainerInstances = operation(DescribeContainerInstancesCommand)({
  access: (input, call, context: Ecs) => {
    refuseMoreThan(100, "Container instances", input.containerInstances);
    return Promise.all(
      input.containerInstances.map((reference) =>
        accessInCluster(
          "ecs:DescribeContainerInstances",
          input.cluster,
          "container-instance",
          reference,
          call,
          context,
        ),
      ),
    );
  },
  async run(input, context: Ecs, call) {
    const { store } = context;
    if (input.containerInstances.length === 0) throw invalidParameter("Container instances cannot be empty.");
    const cluster = await findCluster(context, call, input.cluster);
    const containerInstances = [];
    const failures = [];
    for (const reference of new Set(input.containerInstances)) {
      const arn = inCluster(call, cluster.arn, "container-instance", reference);
      const instance = await store.instances.find(arn);
      if (instance?.clusterArn !== cluster.arn) {
        failures.push({ arn, reason: "MISSING" });
        continue;
      }
      const tags = input.include?.includes("TAGS") ? await store.tags.get(arn) : [];
      containerInstances.push(describeInstance(instance, await store.tasks.placed({ instanceArn: arn }), tags));
    }
    return { containerInstances, failures };
  },
});
