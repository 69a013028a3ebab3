import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Input } from "../../../model/operation.ts";
import { operation } from "../../../model/operation.ts";
import { inClusterNeed } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { activeDefinition, findDefinition } from "../definitions/find.ts";
import { clientError, serviceNotActive, serviceNotFound } from "../errors.ts";
import { serviceLaunchNeeds } from "../services/access.ts";
import { newDeployment } from "../services/deployments.ts";
import { findService } from "../services/find.ts";
import { checkCount, readConfiguration } from "../services/rules.ts";
import type { ServiceRecord } from "../services/service.ts";
import { serviceShape } from "../services/shape.ts";
import { refuseIfGone } from "../tasks/find-start.ts";
import { checkLaunch, requestedNetwork } from "../tasks/network-rules.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
export const updateService = operation(UpdateServiceCommand)({
  async find(input, call, context: Ecs) {
    const service = await findService(context, call, input.cluster, input.service);
    const { taskDefinition } = input;
    const current = service.item?.deployments[0];
    return {
      service,
      /** The revision that the request names. */
      definition: taskDefinition === undefined ? undefined : await findDefinition(context, call, taskDefinition),
      /** The revision that the service runs. */
      running: current && (await context.store.definitions.get(current.definitionArn)),
    };
  },
  access({ service, definition }, input, call) {
    const { resource, conditions } = inClusterNeed(service);
    const launch = serviceLaunchNeeds(definition, input, call);
    return [{ resource, conditions: { ...conditions, ...launch.conditions } }, ...launch.passed];
  },
  async run({ service: found, definition, running }, input, { store, ids, wakes }, call) {
    const cluster = activeCluster(found.cluster);
    const now = call.time.getTime();
    const next = definition && activeDefinition(definition);
    const { arn, item } = found;
    if (!item) throw serviceNotFound();
    if (item.status !== "ACTIVE") throw serviceNotActive();
    const target = next ?? running;
    const service = await store.transaction(async (records) => {
      await refuseIfGone(records, { cluster, definition: next });
      const current = await records.services.find(arn);
      if (!current) throw serviceNotFound();
      if (current.status !== "ACTIVE") throw serviceNotActive();
      if (current.createdAt !== item.createdAt) throw changedMeanwhile();
      const [primary] = current.deployments;
      const { launchType } = current;
      const network = requestedNetwork(input.networkConfiguration);
      const networkConfiguration = network ?? primary.networkConfiguration;
      if (target && (next || network)) checkLaunch(target, launchType, networkConfiguration);
      const changed = changedService(current, input);
      const definitionArn = next?.arn ?? primary.definitionArn;
      const redeploy =
        input.forceNewDeployment ||
        definitionArn !== primary.definitionArn ||
        JSON.stringify(networkConfiguration) !== JSON.stringify(primary.networkConfiguration);
      // A deployment that nobody authorised may have begun since the service was found.
      if (redeploy && !next && definitionArn !== running?.arn) throw changedMeanwhile();
      const updated = redeploy
        ? newDeployment(changed, { definitionArn, launchType, networkConfiguration }, { ids, now })
        : changed;
      await records.services.put(updated);
      return updated;
    });
    wakes.wake("services");
    return { service: serviceShape(service, await store.taskStates.countAll(arn), found.tags) };
  },
});

const changedMeanwhile = () => clientError("The service was changed by another request. Try again.");

function changedService(current: ServiceRecord, input: Input<typeof UpdateServiceCommand>): ServiceRecord {
  return {
    ...current,
    steady: false,
    desiredCount: checkCount(input.desiredCount ?? current.desiredCount),
    deploymentConfiguration: readConfiguration(input.deploymentConfiguration, current.deploymentConfiguration),
    ...defined({
      placementConstraints: input.placementConstraints,
      placementStrategy: input.placementStrategy,
      loadBalancers: input.loadBalancers,
      serviceRegistries: input.serviceRegistries,
      platformVersion: input.platformVersion,
      propagateTags: input.propagateTags,
      enableECSManagedTags: input.enableECSManagedTags,
      enableExecuteCommand: input.enableExecuteCommand,
      healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
    }),
  };
}
