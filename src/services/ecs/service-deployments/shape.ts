import type {
  ServiceDeployment as ApiServiceDeployment,
  ServiceRevision as ApiServiceRevision,
  ServiceDeploymentBrief,
  ServiceRevisionSummary,
} from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { isBlueGreen } from "../services/blue-green.ts";
import { breakerState } from "../services/breaker.ts";
import { underWay } from "../services/history.ts";
import type { Revision, ServiceDeploymentRecord, ServiceRecord } from "../services/service.ts";
import { runningPlatformVersion } from "../tasks/platform-version.ts";
import type { TaskCount } from "../tasks/state-records.ts";
import { revisionArn, serviceDeploymentArn } from "./arns.ts";

/** A deployment as lists show it. */
export function briefShape(service: ServiceRecord, deployment: ServiceDeploymentRecord): ServiceDeploymentBrief {
  const { status, statusReason, createdAt, finishedAt } = deployment;
  return {
    serviceDeploymentArn: serviceDeploymentArn(service.arn, deployment.id),
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    targetServiceRevisionArn: revisionArn(service.arn, deployment.id),
    status,
    createdAt: new Date(createdAt),
    startedAt: new Date(createdAt),
    ...defined({ statusReason, finishedAt: finishedAt === undefined ? undefined : new Date(finishedAt) }),
  };
}

/** A deployment in full. `tasks` are the service's. */
export function serviceDeploymentShape(
  service: ServiceRecord,
  deployment: ServiceDeploymentRecord,
  tasks: readonly TaskCount[],
): ApiServiceDeployment {
  const { targetServiceRevisionArn: _, ...brief } = briefShape(service, deployment);
  const { rollback, sources, updatedAt, id } = deployment;
  return {
    ...brief,
    updatedAt: new Date(updatedAt),
    sourceServiceRevisions: sources.map((source) => summary(service, source, tasks)),
    targetServiceRevision: summary(service, id, tasks),
    deploymentConfiguration: service.deploymentConfiguration,
    deploymentCircuitBreaker: breakerState(service, deployment, failuresOf(id, tasks)),
    ...defined({
      lifecycleStage: lifecycleStage(service, deployment),
      rollback: rollback && {
        reason: rollback.reason,
        startedAt: new Date(rollback.startedAt),
        serviceRevisionArn: revisionArn(service.arn, rollback.id),
      },
    }),
  };
}

/** Of a blue/green deployment that is under way. */
function lifecycleStage(service: ServiceRecord, { id, status, rollback }: ServiceDeploymentRecord) {
  const [primary] = service.deployments;
  if (!isBlueGreen(service) || !underWay.has(status) || primary.id !== (rollback?.id ?? id)) return undefined;
  return primary.stage?.name ?? "SCALE_UP";
}

/** How many tasks a revision has. */
export function summary(service: ServiceRecord, id: string, tasks: readonly TaskCount[]): ServiceRevisionSummary {
  const own = tasks.filter(({ startedBy }) => startedBy === id);
  const count = (isCounted: (task: TaskCount) => boolean) =>
    own.filter(isCounted).reduce((sum, task) => sum + task.count, 0);
  const running = count(({ lastStatus }) => lastStatus === "RUNNING");
  const pending = count(
    ({ lastStatus, desiredStatus }) =>
      desiredStatus === "RUNNING" && lastStatus !== "RUNNING" && lastStatus !== "STOPPED",
  );
  return {
    arn: revisionArn(service.arn, id),
    requestedTaskCount: service.deployments[0].id === id ? service.desiredCount : running + pending,
    runningTaskCount: running,
    pendingTaskCount: pending,
  };
}

function failuresOf(id: string, tasks: readonly TaskCount[]): number {
  return tasks
    .filter(({ startedBy, stopCode }) => startedBy === id && stopCode === "TaskFailedToStart")
    .reduce((sum, { count }) => sum + count, 0);
}

/** A revision as the API shows it. */
export function revisionShape(
  service: ServiceRecord,
  revision: Revision,
  definition: TaskDefinition | undefined,
): ApiServiceRevision {
  const { capacityProviderStrategy: strategy, launchType, networkConfiguration } = revision;
  return {
    serviceRevisionArn: revisionArn(service.arn, revision.id),
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    taskDefinition: revision.definitionArn,
    ...(strategy?.length ? { capacityProviderStrategy: [...strategy] } : { launchType }),
    ...(launchType === "FARGATE" && {
      platformVersion: runningPlatformVersion(revision.platformVersion),
      platformFamily: "Linux",
    }),
    loadBalancers: revision.loadBalancers ?? [],
    serviceRegistries: revision.serviceRegistries ?? [],
    containerImages: (definition?.containerDefinitions ?? []).map(({ name, image }) => ({
      containerName: name,
      image,
    })),
    guardDutyEnabled: false,
    createdAt: new Date(revision.createdAt),
    ...defined({ networkConfiguration }),
  };
}
