import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Input } from "../../../model/operation.ts";
import { operation } from "../../../model/operation.ts";
import { passRoles } from "../access.ts";
import { isSameStrategy } from "../capacity-providers/strategy.ts";
import { inClusterNeed } from "../clusters/access.ts";
import type { Cluster } from "../clusters/cluster.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { activeDefinition, findDefinition } from "../definitions/find.ts";
import { clientError, invalidParameter, serviceNotActive, serviceNotFound } from "../errors.ts";
import { checkPlacement } from "../placement/placement-rules.ts";
import { serviceLaunchNeeds } from "../services/access.ts";
import { newDeployment } from "../services/deployments.ts";
import { findService } from "../services/find.ts";
import { checkLoadBalancing, listenerRoles } from "../services/load-balancing.ts";
import {
  checkCount,
  checkDaemon,
  checkDaemonCapacity,
  checkGracePeriod,
  readConfiguration,
  readRebalancing,
} from "../services/rules.ts";
import type { ServiceRecord } from "../services/service.ts";
import { serviceShape } from "../services/shape.ts";
import { refuseUnsupported } from "../services/unsupported.ts";
import { refuseIfGone } from "../tasks/find-start.ts";
import { capacityOf } from "../tasks/launch-type.ts";
import { checkLaunch, requestedNetwork } from "../tasks/network-rules.ts";
import { readPlatformVersion } from "../tasks/platform-version.ts";

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
    const passed = { to: "ecs.amazonaws.com", associatedResource: resource } as const;
    return [
      { resource, conditions: { ...conditions, ...launch.conditions } },
      ...launch.passed,
      ...passRoles(call, passed, ...listenerRoles(input.loadBalancers)),
    ];
  },
  async run({ service: found, definition, running }, input, { store, ids, wakes }, call) {
    const cluster = activeCluster(found.cluster);
    const now = call.time.getTime();
    const next = definition && activeDefinition(definition);
    const { arn, item } = found;
    if (!item) throw serviceNotFound();
    if (item.status !== "ACTIVE") throw serviceNotActive();
    refuseUnsupported(input);
    const target = next ?? running;
    const service = await store.transaction(async (records) => {
      await refuseIfGone(records, { cluster, definition: next });
      const current = await records.services.find(arn);
      if (!current) throw serviceNotFound();
      if (current.status !== "ACTIVE") throw serviceNotActive();
      if (current.createdAt !== item.createdAt) throw changedMeanwhile();
      const [primary] = current.deployments;
      const capacity = updatedCapacity(current, input, cluster);
      const { launchType, capacityProviderStrategy } = capacity;
      const network = requestedNetwork(input.networkConfiguration);
      const networkConfiguration = network ?? primary.networkConfiguration;
      if (target && (next || network || launchType !== current.launchType)) {
        checkLaunch(target, launchType, networkConfiguration);
      }
      checkPlacement(input, launchType, target?.placementConstraints);
      const changed = changedService(capacity, input);
      if (target) checkLoadBalancing(input, target, changed.deploymentConfiguration);
      const { platformVersion } = changed;
      const definitionArn = next?.arn ?? primary.definitionArn;
      const redeploy =
        input.forceNewDeployment ||
        definitionArn !== primary.definitionArn ||
        isChanged(networkConfiguration, primary.networkConfiguration) ||
        isChanged(platformVersion, primary.platformVersion) ||
        isChanged(changed.loadBalancers ?? [], current.loadBalancers ?? []) ||
        isChanged(changed.serviceRegistries ?? [], current.serviceRegistries ?? []);
      // A deployment that nobody authorised may have begun since the service was found.
      if (redeploy && !next && definitionArn !== running?.arn) throw changedMeanwhile();
      const updated = redeploy
        ? newDeployment(
            changed,
            { definitionArn, launchType, networkConfiguration, capacityProviderStrategy, platformVersion },
            { ids, now },
          )
        : changed;
      await records.services.put(updated);
      return updated;
    });
    wakes.wake("services");
    return { service: serviceShape(service, await store.taskStates.countAll(arn), found.tags) };
  },
});

const changedMeanwhile = () => clientError("The service was changed by another request. Try again.");

function isChanged(next: unknown, current: unknown): boolean {
  return JSON.stringify(next) !== JSON.stringify(current);
}

/**
 * The service with the capacity that a request gives: an empty strategy means the launch type again. Throws AWS's refusal
 * of a change that begins no deployment.
 */
function updatedCapacity(
  current: ServiceRecord,
  input: Input<typeof UpdateServiceCommand>,
  cluster: Cluster,
): ServiceRecord {
  const { capacityProviderStrategy: given } = input;
  if (given === undefined) return current;
  if (given.length > 0 && current.schedulingStrategy === "DAEMON") {
    checkDaemonCapacity(current.launchType, capacityOf({ capacityProviderStrategy: given }, cluster).strategy);
  }
  const { capacityProviderStrategy = [], ...others } = current;
  const { launchType, strategy } =
    given.length > 0
      ? capacityOf({ capacityProviderStrategy: given }, cluster)
      : { launchType: current.launchType, strategy: [] };
  if (isSameStrategy(strategy, capacityProviderStrategy)) return current;
  if (!input.forceNewDeployment) {
    throw invalidParameter(
      "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.",
    );
  }
  return { ...others, launchType, ...(strategy.length > 0 && { capacityProviderStrategy: strategy }) };
}

function changedService(current: ServiceRecord, input: Input<typeof UpdateServiceCommand>): ServiceRecord {
  if (current.schedulingStrategy === "DAEMON") checkDaemon(input);
  const { platformVersion: version, ...others } = current;
  const platformVersion = readPlatformVersion(
    input.platformVersion ?? (current.launchType === "FARGATE" ? version : undefined),
    current.launchType,
  );
  const next = {
    ...others,
    steady: false,
    desiredCount: checkCount(input.desiredCount ?? current.desiredCount),
    deploymentConfiguration: readConfiguration(input.deploymentConfiguration, current.deploymentConfiguration),
    ...defined({
      platformVersion,
      placementConstraints: input.placementConstraints,
      placementStrategy: input.placementStrategy,
      loadBalancers: input.loadBalancers,
      serviceRegistries: input.serviceRegistries,
      propagateTags: input.propagateTags,
      enableECSManagedTags: input.enableECSManagedTags,
      enableExecuteCommand: input.enableExecuteCommand,
      healthCheckGracePeriodSeconds: checkGracePeriod(input.healthCheckGracePeriodSeconds),
    }),
  };
  const { availabilityZoneRebalancing: rebalancing = current.availabilityZoneRebalancing } = input;
  return { ...next, availabilityZoneRebalancing: readRebalancing(rebalancing, next) };
}
