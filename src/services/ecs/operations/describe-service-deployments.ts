import { DescribeServiceDeploymentsCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { refuseNone } from "../errors.ts";
import { findOfServices, ofServicesNeeds } from "../service-deployments/find.ts";
import { serviceDeploymentShape } from "../service-deployments/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
export const describeServiceDeployments = operation(DescribeServiceDeploymentsCommand)({
  find: (input, call, context: Ecs) => findOfServices(context, call, "deployment", input.serviceDeploymentArns),
  access: ofServicesNeeds,
  async run(all, _input, { store }) {
    refuseNone("Service deployments", all);
    const serviceDeployments = [];
    const failures = [];
    for (const { arn, id, service } of all) {
      const deployment = service?.history?.deployments.find((one) => one.id === id);
      if (service && deployment) {
        const tasks = await store.taskStates.countAll(service.arn);
        serviceDeployments.push(serviceDeploymentShape(service, deployment, tasks));
      } else failures.push({ arn, reason: "MISSING" });
    }
    return { serviceDeployments, failures };
  },
});
