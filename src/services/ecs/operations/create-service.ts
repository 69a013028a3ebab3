import { CreateServiceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { inClusterCondition, newTags, passRoles, tagOnCreate } from "../access.ts";
import { clusterArn, inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findActiveDefinition, findCluster } from "../find.ts";
import type { ServiceRecord } from "../model.ts";
import { serviceAccess } from "../services/access.ts";
import { newDeployment } from "../services/deployments.ts";
import { checkCount, readConfiguration, usualConfiguration } from "../services/rules.ts";
import { describeService } from "../services/shape.ts";
import { launchTypeOf } from "../tasks/launch-type.ts";
import { checkLaunch } from "../tasks/network-rules.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const createService = operation(CreateServiceCommand)({
  async access(input, call, context: Ecs) {
    const resource = inCluster(call, clusterArn(call, input.cluster), "service", input.serviceName);
    const run = await serviceAccess(input, call, context);
    const conditions = { ...inClusterCondition(call, input.cluster), ...newTags(input.tags), ...run.conditions };
    return [
      { action: "ecs:CreateService", resource, conditions },
      ...run.passed,
      ...passRoles(call, { to: "ecs.amazonaws.com", associatedResource: resource }, input.role),
      ...tagOnCreate("CreateService", resource, input.tags),
    ];
  },
  async run(input, context, call) {
    const { store, ids, events } = context;
    const name = input.serviceName;
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter("Invalid service name.");
    const controller = input.deploymentController?.type ?? "ECS";
    if (controller !== "ECS") throw invalidParameter(`Deployment controller ${controller} is not supported.`);
    const cluster = await findCluster(context, call, input.cluster);
    if (input.taskDefinition === undefined) throw invalidParameter("TaskDefinition can not be blank.");
    const definition = await findActiveDefinition(context, call, input.taskDefinition);
    if (input.schedulingStrategy === "DAEMON")
      throw invalidParameter("The scheduling strategy DAEMON is not supported.");
    if (input.desiredCount === undefined) throw invalidParameter("desiredCount can not be null.");
    const launchType = launchTypeOf(input, cluster);
    checkLaunch(definition, launchType, input.networkConfiguration);
    const now = call.time.getTime();
    const { loadBalancers, serviceRegistries, capacityProviderStrategy, platformVersion, role } = input;
    const { placementConstraints, placementStrategy, healthCheckGracePeriodSeconds, clientToken } = input;
    const { enableECSManagedTags, propagateTags, enableExecuteCommand, availabilityZoneRebalancing } = input;
    const bare: ServiceRecord = {
      arn: inCluster(call, cluster.arn, "service", name),
      name,
      clusterArn: cluster.arn,
      status: "ACTIVE",
      desiredCount: checkCount(input.desiredCount),
      launchType,
      schedulingStrategy: "REPLICA",
      deploymentConfiguration: readConfiguration(input.deploymentConfiguration, usualConfiguration),
      deployments: [],
      events: [],
      steady: false,
      createdAt: now,
      createdBy: call.principal.arn,
      ...(loadBalancers && { loadBalancers }),
      ...(serviceRegistries && { serviceRegistries }),
      ...(capacityProviderStrategy && { capacityProviderStrategy }),
      ...(platformVersion !== undefined && { platformVersion }),
      ...(role !== undefined && { roleArn: role }),
      ...(placementConstraints && { placementConstraints }),
      ...(placementStrategy && { placementStrategy }),
      ...(healthCheckGracePeriodSeconds !== undefined && { healthCheckGracePeriodSeconds }),
      ...(enableECSManagedTags !== undefined && { enableECSManagedTags }),
      ...(propagateTags && { propagateTags }),
      ...(enableExecuteCommand !== undefined && { enableExecuteCommand }),
      ...(availabilityZoneRebalancing && { availabilityZoneRebalancing }),
      ...(clientToken !== undefined && { clientToken }),
    };
    const { networkConfiguration } = input;
    const made = newDeployment(bare, { definitionArn: definition.arn, launchType, networkConfiguration }, { ids, now });
    const service = await store.transaction(async (records) => {
      const current = await records.services.find(made.arn);
      if (current?.status === "DRAINING") {
        throw invalidParameter("Unable to Start a service that is still Draining.");
      }
      if (current?.status === "ACTIVE") {
        if (clientToken !== undefined && current.clientToken === clientToken) return current;
        throw invalidParameter("Creation of service was not idempotent.");
      }
      await records.services.put(made);
      await records.tags.put(made.arn, input.tags ?? []);
      return made;
    });
    events.wake("services");
    const tasks = service === made ? [] : await store.tasks.ofService(service.arn);
    return { service: describeService(service, tasks, await store.tags.get(service.arn)) };
  },
});
