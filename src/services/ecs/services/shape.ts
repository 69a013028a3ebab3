import type { Deployment as ApiDeployment, Service as ApiService, Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Strategy } from "../capacity-providers/strategy.ts";
import { serviceDeploymentArn } from "../service-deployments/arns.ts";
import { summary } from "../service-deployments/shape.ts";
import type { LaunchType } from "../tasks/launch-type.ts";
import { runningPlatformVersion } from "../tasks/platform-version.ts";
import type { TaskCount } from "../tasks/state-records.ts";
import type { Deployment, History, ServiceRecord } from "./service.ts";

/** A service as the API shows it. `tasks` are its own, with those that stopped. */
export function serviceShape(service: ServiceRecord, tasks: readonly TaskCount[], tags?: readonly Tag[]): ApiService {
  const [primary] = service.deployments;
  const {
    steady: _,
    clientToken: __,
    lastCompleted: ___,
    redeployed: ____,
    history,
    arn,
    name,
    deployments,
    events,
    createdAt,
    launchType,
    capacityProviderStrategy,
    ...shown
  } = service;
  return {
    ...shown,
    serviceArn: arn,
    serviceName: name,
    ...capacityShape({ launchType, capacityProviderStrategy }),
    ...count(tasks),
    deploymentController: service.deploymentController ?? { type: "ECS" },
    loadBalancers: service.loadBalancers ?? [],
    serviceRegistries: service.serviceRegistries ?? [],
    placementConstraints: service.placementConstraints ?? [],
    placementStrategy: service.placementStrategy ?? [],
    enableECSManagedTags: service.enableECSManagedTags ?? false,
    enableExecuteCommand: service.enableExecuteCommand ?? false,
    propagateTags: service.propagateTags ?? "NONE",
    ...(launchType === "FARGATE" && {
      platformVersion: service.platformVersion ?? "LATEST",
      platformFamily: "Linux",
    }),
    ...defined({
      currentServiceDeployment: currentDeployment(service.arn, history),
      currentServiceRevisions:
        service.status === "INACTIVE" ? undefined : deployments.map(({ id }) => summary(service, id, tasks)),
      taskDefinition: primary?.definitionArn,
      networkConfiguration: primary?.networkConfiguration,
      tags: tags && [...tags],
    }),
    deployments: service.status === "INACTIVE" ? [] : deployments.map((one) => deploymentShape(one, service, tasks)),
    events: events.map((event) => ({ ...event, createdAt: new Date(event.createdAt) })),
    createdAt: new Date(createdAt),
  };
}

/** The ARN of the deployment that is under way. */
function currentDeployment(serviceArn: string, history: History | undefined): string | undefined {
  const [newest] = history?.deployments ?? [];
  return newest && newest.finishedAt === undefined ? serviceDeploymentArn(serviceArn, newest.id) : undefined;
}

function deploymentShape(deployment: Deployment, service: ServiceRecord, tasks: readonly TaskCount[]): ApiDeployment {
  const own = tasks.filter(({ startedBy }) => startedBy === deployment.id);
  const {
    definitionArn,
    createdAt,
    updatedAt,
    rollback: _,
    pins: __,
    stage: ___,
    launchType,
    capacityProviderStrategy,
    platformVersion,
    ...shown
  } = deployment;
  const counts = count(own);
  return {
    ...shown,
    ...capacityShape({ launchType, capacityProviderStrategy }),
    taskDefinition: definitionArn,
    desiredCount: deployment.status === "PRIMARY" ? service.desiredCount : counts.runningCount + counts.pendingCount,
    ...counts,
    failedTasks: sum(own.filter(({ stopCode }) => stopCode === "TaskFailedToStart")),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(launchType === "FARGATE" && {
      platformVersion: runningPlatformVersion(platformVersion),
      platformFamily: "Linux",
    }),
  };
}

/** As on AWS, a strategy is shown in the launch type's place. */
function capacityShape({
  launchType,
  capacityProviderStrategy: strategy,
}: {
  readonly launchType: LaunchType;
  readonly capacityProviderStrategy: Strategy | undefined;
}): Pick<ApiService, "launchType" | "capacityProviderStrategy"> {
  return strategy?.length ? { capacityProviderStrategy: [...strategy] } : { launchType };
}

/** A task that is stopping counts until its containers have stopped, as on AWS. */
function count(tasks: readonly TaskCount[]) {
  const pending = tasks.filter(
    ({ lastStatus, desiredStatus }) =>
      desiredStatus === "RUNNING" && lastStatus !== "RUNNING" && lastStatus !== "STOPPED",
  );
  return {
    runningCount: sum(tasks.filter(({ lastStatus }) => lastStatus === "RUNNING")),
    pendingCount: sum(pending),
  };
}

function sum(tasks: readonly TaskCount[]): number {
  return tasks.reduce((total, { count }) => total + count, 0);
}
