import { DescribeServicesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan } from "../errors.ts";
import { findCluster } from "../find.ts";
import { describeService } from "../services/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const describeServices = operation(DescribeServicesCommand)({
  access: (input, call, context: Ecs) => {
    refuseMoreThan(10, "Services", input.services);
    return Promise.all(
      input.services.map((reference) =>
        accessInCluster("ecs:DescribeServices", input.cluster, "service", reference, call, context),
      ),
    );
  },
  async run(input, context: Ecs, call) {
    const { store } = context;
    if (input.services.length === 0) throw invalidParameter("Services cannot be empty.");
    const cluster = await findCluster(context, call, input.cluster);
    const services = [];
    const failures = [];
    for (const arn of new Set(input.services.map((reference) => inCluster(call, cluster.arn, "service", reference)))) {
      const service = await store.services.find(arn);
      if (service?.clusterArn !== cluster.arn) {
        failures.push({ arn, reason: "MISSING" });
        continue;
      }
      const tags = input.include?.includes("TAGS") ? await store.tags.get(arn) : undefined;
      services.push(describeService(service, await store.tasks.ofService(arn), tags));
    }
    return { services, failures };
  },
});
