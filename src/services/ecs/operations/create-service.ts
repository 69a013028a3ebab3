import { CreateServiceCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { newTags, passRoles, tagOnCreate } from "../access.ts";
import { inCluster } from "../arns.ts";
import { inClusterCondition } from "../clusters/access.ts";
import { activeCluster, findCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { activeDefinition, findDefinition } from "../definitions/find.ts";
import { invalidParameter } from "../errors.ts";
import { checkPlacement } from "../placement/placement-rules.ts";
import { roleArn } from "../role-arn.ts";
import { serviceLaunchNeeds } from "../services/access.ts";
import { daemonInstances } from "../services/daemon-instances.ts";
import { newDeployment } from "../services/deployments.ts";
import { checkLoadBalancing, listenerRoles } from "../services/load-balancing.ts";
import { schedulerRound } from "../services/round.ts";
import {
  checkCount,
  checkDaemon,
  checkDaemonCapacity,
  checkGracePeriod,
  readConfiguration,
  readRebalancing,
  usualConfiguration,
  usualDaemonConfiguration,
} from "../services/rules.ts";
import { serviceShape } from "../services/shape.ts";
import { refuseUnsupported } from "../services/unsupported.ts";
import { checkNewTags } from "../tags/tags.ts";
import { refuseIfGone } from "../tasks/find-start.ts";
import { capacityOf } from "../tasks/launch-type.ts";
import { checkLaunch, requestedNetwork } from "../tasks/network-rules.ts";
import { readPlatformVersion } from "../tasks/platform-version.ts";
import { checkClientToken } from "../tasks/read-start.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const createService = operation(CreateServiceCommand)({
  find: async (input, call, context: Ecs) => ({
    cluster: await findCluster(context, call, input.cluster),
    definition:
      input.taskDefinition === undefined ? undefined : await findDefinition(context, call, input.taskDefinition),
  }),
  access({ cluster, definition }, input, call) {
    const resource = inCluster(call, cluster.arn, "service", input.serviceName);
    const launch = serviceLaunchNeeds(definition, input, call);
    return [
      { resource, conditions: { ...inClusterCondition(cluster), ...newTags(input.tags), ...launch.conditions } },
      ...launch.passed,
      ...passRoles(
        call,
        { to: "ecs.amazonaws.com", associatedResource: resource },
        ...[input.role && roleArn(call, input.role), ...listenerRoles(input.loadBalancers)],
      ),
      ...tagOnCreate("CreateService", resource, input.tags),
    ];
  },
  async run(found, input, context, call) {
    const { store, ids, wakes } = context;
    const name = input.serviceName;
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalidParameter("Invalid service name.");
    refuseUnsupported(input);
    checkClientToken(input.clientToken, 36);
    checkNewTags(input.tags);
    const cluster = activeCluster(found.cluster);
    if (!found.definition) throw invalidParameter("TaskDefinition can not be blank.");
    const definition = activeDefinition(found.definition);
    const { schedulingStrategy = "REPLICA" } = input;
    const isDaemon = schedulingStrategy === "DAEMON";
    if (isDaemon) checkDaemon(input);
    else if (input.desiredCount === undefined) throw invalidParameter("desiredCount can not be null.");
    const { launchType, strategy } = capacityOf(input, cluster);
    if (isDaemon) checkDaemonCapacity(launchType, strategy);
    checkPlacement(input, launchType, definition.placementConstraints);
    const { clientToken } = input;
    const networkConfiguration = requestedNetwork(input.networkConfiguration);
    checkLaunch(definition, launchType, networkConfiguration);
    const now = call.time.getTime();
    const platformVersion = readPlatformVersion(input.platformVersion, launchType);
    const capacityProviderStrategy = strategy.length > 0 ? strategy : undefined;
    const kind = {
      launchType,
      schedulingStrategy,
      deploymentConfiguration: readConfiguration(
        input.deploymentConfiguration,
        isDaemon ? usualDaemonConfiguration : usualConfiguration,
      ),
      ...defined({ placementStrategy: input.placementStrategy }),
    } as const;
    checkLoadBalancing(input, definition, kind.deploymentConfiguration);
    const bare = {
      ...kind,
      arn: inCluster(call, cluster.arn, "service", name),
      name,
      clusterArn: cluster.arn,
      status: "ACTIVE",
      desiredCount: checkCount(input.desiredCount ?? 0),
      deployments: [],
      events: [],
      steady: false,
      createdAt: now,
      createdBy: call.principal.arn,
      availabilityZoneRebalancing: readRebalancing(input.availabilityZoneRebalancing, kind),
      ...defined({
        capacityProviderStrategy,
        platformVersion,
        loadBalancers: input.loadBalancers,
        serviceRegistries: input.serviceRegistries,
        roleArn: input.role && roleArn(call, input.role),
        placementConstraints: input.placementConstraints,
        healthCheckGracePeriodSeconds: checkGracePeriod(input.healthCheckGracePeriodSeconds),
        enableECSManagedTags: input.enableECSManagedTags,
        propagateTags: input.propagateTags,
        enableExecuteCommand: input.enableExecuteCommand,
        clientToken,
      }),
    } as const;
    const deployment = {
      ...{ definitionArn: definition.arn, launchType, networkConfiguration },
      ...{ capacityProviderStrategy, platformVersion },
    };
    const bareMade = newDeployment(bare, deployment, { ids, now });
    // At once, so that nobody who waits for it takes it for a service without tasks.
    const made = isDaemon
      ? {
          ...bareMade,
          desiredCount: (await daemonInstances(context, store, bareMade, schedulerRound(store))).size,
        }
      : bareMade;
    const service = await store.transaction(async (records) => {
      const current = await records.services.find(made.arn);
      if (current?.status === "DRAINING") {
        throw invalidParameter("Unable to Start a service that is still Draining.");
      }
      if (current?.status === "ACTIVE") {
        if (clientToken !== undefined && current.clientToken === clientToken) return current;
        throw invalidParameter("Creation of service was not idempotent.");
      }
      await refuseIfGone(records, { cluster, definition });
      await records.services.put(made);
      await records.tags.put(made.arn, input.tags ?? []);
      return made;
    });
    wakes.wake("services");
    const tasks = service === made ? [] : await store.taskStates.countAll(service.arn);
    return { service: serviceShape(service, tasks, await store.tags.get(service.arn)) };
  },
});
