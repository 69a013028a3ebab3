import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { serviceNotActive, serviceNotFound } from "../errors.ts";
import { findActiveDefinition, findCluster } from "../find.ts";
import type { ServiceRecord } from "../model.ts";
import { serviceAccess } from "../services/access.ts";
import { newDeployment } from "../services/deployments.ts";
import { checkCount, readConfiguration } from "../services/rules.ts";
import { describeService } from "../services/shape.ts";
import { checkLaunch } from "../tasks/network-rules.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
export const updateService = operation(UpdateServiceCommand)({
  async access(input, call, context: Ecs) {
    const access = await accessInCluster("ecs:UpdateService", input.cluster, "service", input.service, call, context);
    const run = await serviceAccess(input, call, context, await context.store.services.find(access.resource));
    return [{ ...access, conditions: { ...access.conditions, ...run.conditions } }, ...run.passed];
  },
  async run(input, context, call) {
    const { store, ids, events } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const arn = inCluster(call, cluster.arn, "service", input.service);
    const now = call.time.getTime();
    const definition =
      input.taskDefinition === undefined ? undefined : await findActiveDefinition(context, call, input.taskDefinition);
    const service = await store.transaction(async (records) => {
      const current = await records.services.find(arn);
      if (!current || current.clusterArn !== cluster.arn) throw serviceNotFound();
      if (current.status !== "ACTIVE") throw serviceNotActive();
      const primary = current.deployments[0]!;
      const networkConfiguration = input.networkConfiguration ?? primary.networkConfiguration;
      const { launchType } = current;
      if (definition || input.networkConfiguration) {
        const target = definition ?? (await records.definitions.get(primary.definitionArn))!;
        checkLaunch(target, launchType, networkConfiguration);
      }
      const changed: ServiceRecord = {
        ...current,
        steady: false,
        desiredCount: checkCount(input.desiredCount ?? current.desiredCount),
        deploymentConfiguration: readConfiguration(input.deploymentConfiguration, current.deploymentConfiguration),
        ...(input.placementConstraints && { placementConstraints: input.placementConstraints }),
        ...(input.placementStrategy && { placementStrategy: input.placementStrategy }),
        ...(input.loadBalancers && { loadBalancers: input.loadBalancers }),
        ...(input.serviceRegistries && { serviceRegistries: input.serviceRegistries }),
        ...(input.platformVersion !== undefined && { platformVersion: input.platformVersion }),
        ...(input.propagateTags && { propagateTags: input.propagateTags }),
        ...(input.enableECSManagedTags !== undefined && { enableECSManagedTags: input.enableECSManagedTags }),
        ...(input.enableExecuteCommand !== undefined && { enableExecuteCommand: input.enableExecuteCommand }),
        ...(input.healthCheckGracePeriodSeconds !== undefined && {
          healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
        }),
      };
      const definitionArn = definition?.arn ?? primary.definitionArn;
      const redeploy =
        input.forceNewDeployment ||
        definitionArn !== primary.definitionArn ||
        JSON.stringify(networkConfiguration) !== JSON.stringify(primary.networkConfiguration);
      const next = redeploy
        ? newDeployment(changed, { definitionArn, launchType, networkConfiguration }, { ids, now })
        : changed;
      await records.services.put(next);
      return next;
    });
    events.wake("services");
    return { service: describeService(service, await store.tasks.ofService(arn), await store.tags.get(arn)) };
  },
});
