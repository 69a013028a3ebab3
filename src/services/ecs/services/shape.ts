import type { Deployment as ApiDeployment, Service as ApiService, Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { TaskCount } from "../tasks/state-records.ts";
import type { Deployment, ServiceRecord } from "./service.ts";

/** A service as the API shows it. `tasks` are its own, with those that stopped. */
export function serviceShape(service: ServiceRecord, tasks: readonly TaskCount[], tags?: readonly Tag[]): ApiService {
  const [primary] = service.deployments;
  const {
    steady: _,
    clientToken: __,
    lastCompleted: ___,
    arn,
    name,
    deployments,
    events,
    createdAt,
    ...shown
  } = service;
  return {
    ...shown,
    serviceArn: arn,
    serviceName: name,
    ...count(tasks),
    deploymentController: service.deploymentController ?? { type: "ECS" },
    loadBalancers: service.loadBalancers ?? [],
    serviceRegistries: service.serviceRegistries ?? [],
    placementConstraints: service.placementConstraints ?? [],
    placementStrategy: service.placementStrategy ?? [],
    enableECSManagedTags: service.enableECSManagedTags ?? false,
    enableExecuteCommand: service.enableExecuteCommand ?? false,
    propagateTags: service.propagateTags ?? "NONE",
    ...(service.launchType === "FARGATE" && {
      platformVersion: service.platformVersion ?? "LATEST",
      platformFamily: "Linux",
    }),
    ...defined({
      taskDefinition: primary?.definitionArn,
      networkConfiguration: primary?.networkConfiguration,
      tags: tags && [...tags],
    }),
    deployments: service.status === "INACTIVE" ? [] : deployments.map((one) => deploymentShape(one, service, tasks)),
    events: events.map((event) => ({ ...event, createdAt: new Date(event.createdAt) })),
    createdAt: new Date(createdAt),
  };
}

function deploymentShape(deployment: Deployment, service: ServiceRecord, tasks: readonly TaskCount[]): ApiDeployment {
  const own = tasks.filter(({ startedBy }) => startedBy === deployment.id);
  const { definitionArn, createdAt, updatedAt, rollback: _, ...shown } = deployment;
  const counts = count(own);
  return {
    ...shown,
    taskDefinition: definitionArn,
    desiredCount: deployment.status === "PRIMARY" ? service.desiredCount : counts.runningCount + counts.pendingCount,
    ...counts,
    failedTasks: sum(own.filter(({ stopCode }) => stopCode === "TaskFailedToStart")),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(deployment.launchType === "FARGATE" && { platformVersion: "1.4.0", platformFamily: "Linux" }),
  };
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
