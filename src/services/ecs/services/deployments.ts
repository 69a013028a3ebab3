import type { NetworkConfiguration } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Ids } from "../../../ids.ts";
import type { Strategy } from "../capacity-providers/strategy.ts";
import type { Pins } from "../secrets/pins.ts";
import type { LaunchType } from "../tasks/launch-type.ts";
import { backToBlue } from "./blue-green.ts";
import { withHistory } from "./history.ts";
import type { Deployment, ServiceRecord } from "./service.ts";

/** As many as AWS keeps. */
const eventsKept = 100;

export interface DeploymentRequest {
  readonly definitionArn: string;
  readonly launchType: LaunchType;
  readonly capacityProviderStrategy?: Strategy | undefined;
  readonly platformVersion?: string | undefined;
  readonly networkConfiguration?: NetworkConfiguration | undefined;
  /** Those of the deployment that it goes back to. */
  readonly pins?: Pins | undefined;
}

/** A service without deployments is a new one. */
type Deployable = Omit<ServiceRecord, "deployments"> & { readonly deployments: readonly Deployment[] };

/** The service with a new primary deployment; the former primary one drains. */
export function newDeployment(
  service: Deployable,
  {
    definitionArn,
    launchType,
    capacityProviderStrategy,
    platformVersion,
    networkConfiguration,
    pins,
  }: DeploymentRequest,
  {
    ids,
    now,
    rollback,
    reason,
  }: { readonly ids: Ids; readonly now: number; readonly rollback?: true; readonly reason?: string },
): ServiceRecord {
  const id = `ecs-svc/${ids.text(1, "123456789")}${ids.text(18, "0123456789")}`;
  const primary: Deployment = {
    id,
    status: "PRIMARY",
    definitionArn,
    launchType,
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: reason ?? `ECS deployment ${id} in progress.`,
    createdAt: now,
    updatedAt: now,
    ...defined({ capacityProviderStrategy, platformVersion, networkConfiguration, pins, rollback }),
  };
  const older = service.deployments.map((deployment) =>
    deployment.status === "PRIMARY" ? { ...deployment, status: "ACTIVE" as const, updatedAt: now } : deployment,
  );
  return withHistory({ ...service, steady: false, deployments: [primary, ...older] }, now);
}

/** Goes back to the deployment that completed last. Without one the service stays as it is. */
export function rollBack(
  service: ServiceRecord,
  cause: string,
  { ids, now }: { readonly ids: Ids; readonly now: number },
): ServiceRecord {
  const { lastCompleted } = service;
  if (!lastCompleted) return service;
  const reason = `${cause}: rolling back to deploymentId ${lastCompleted.id}.`;
  const blue = backToBlue(service, reason, now);
  if (blue) return withHistory(blue, now);
  return newDeployment(service, lastCompleted, { ids, now, rollback: true, reason });
}

/** The service with `messages` as its newest events; the last message is the newest. */
export function addEvents(service: ServiceRecord, messages: readonly string[], ids: Ids, now: number): ServiceRecord {
  if (messages.length === 0) return service;
  const events = messages.map((message) => ({ id: ids.uuid(), createdAt: now, message })).reverse();
  return { ...service, events: [...events, ...service.events].slice(0, eventsKept) };
}
