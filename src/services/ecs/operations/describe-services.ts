import { DescribeServicesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan, refuseNone } from "../errors.ts";
import { findServices } from "../services/find.ts";
import { serviceShape } from "../services/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const describeServices = operation(DescribeServicesCommand)({
  find: (input, call, context: Ecs) => {
    refuseMoreThan(10, "Services", input.services);
    return findServices(context, call, input.cluster, input.services);
  },
  access: inClusterNeeds,
  async run({ cluster, all }, input, { store }) {
    refuseNone("Services", all);
    activeCluster(cluster);
    const services = [];
    const failures = [];
    for (const { arn, item: service, tags } of all) {
      if (!service) {
        failures.push({ arn, reason: "MISSING" });
        continue;
      }
      const shownTags = input.include?.includes("TAGS") ? tags : undefined;
      services.push(serviceShape(service, await store.taskStates.countAll(arn), shownTags));
    }
    return { services, failures };
  },
});
