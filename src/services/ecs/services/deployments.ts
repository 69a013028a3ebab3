import type { NetworkConfiguration } from "@aws-sdk/client-ecs";
import type { Ids } from "../../../ids.ts";
import type { Deployment, LaunchType, ServiceRecord } from "../model.ts";

/** As many as AWS keeps. */
const eventsKept = 100;

export interface DeploymentRequest {
  readonly definitionArn: string;
  readonly launchType: LaunchType;
  readonly networkConfiguration?: NetworkConfiguration | undefined;
}

/** The service with a new primary deployment; what was primary drains. */
export function newDeployment(
  service: ServiceRecord,
  { definitionArn, launchType, networkConfiguration }: DeploymentRequest,
  {
    ids,
    now,
    rollback,
    reason,
  }: { readonly ids: Ids; readonly now: number; readonly rollback?: boolean; readonly reason?: string },
): ServiceRecord {
  const id = `ecs-svc/${ids.text(1, "123456789")}${ids.text(18, "0123456789")}`;
  const primary: Deployment = {
    id,
    status: "PRIMARY",
    definitionArn,
    launchType,
    ...(networkConfiguration && { networkConfiguration }),
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: reason ?? `ECS deployment ${id} in progress.`,
    createdAt: now,
    updatedAt: now,
    ...(rollback && { rollback }),
  };
  const older = service.deployments.map((deployment) =>
    deployment.status === "PRIMARY" ? { ...deployment, status: "ACTIVE" as const, updatedAt: now } : deployment,
  );
  return { ...service, steady: false, deployments: [primary, ...older] };
}

/** The service with `messages` as its newest events, of which the last is the newest. */
export function addEvents(service: ServiceRecord, messages: readonly string[], ids: Ids, now: number): ServiceRecord {
  if (messages.length === 0) return service;
  const events = messages.map((message) => ({ id: ids.uuid(), createdAt: now, message })).reverse();
  return { ...service, events: [...events, ...service.events].slice(0, eventsKept) };
}
