import type { NetworkConfiguration, TaskOverride } from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { Ids } from "../../../ids.ts";
import { lastPart, scopeOf } from "../arns.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Instance } from "../instances/instance.ts";
import { macAddress, privateDnsName } from "../placement/addresses.ts";
import type { TaskAddress } from "../placement/find-address.ts";
import { reservationOf } from "../placement/reservation.ts";
import type { LaunchType } from "./launch-type.ts";
import { overriddenContainers } from "./overrides.ts";
import type { Task, TaskInterface } from "./task.ts";

/** A request for a task, wherever it will run. */
export interface TaskRequest {
  readonly clusterArn: string;
  readonly definition: TaskDefinition;
  readonly launchType: LaunchType;
  readonly overrides: TaskOverride;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly serviceArn: string | undefined;
  readonly enableExecuteCommand: boolean;
  readonly clientToken: string | undefined;
  /** The hash of the request that brought `clientToken`. */
  readonly requestHash: string | undefined;
}

/** A task that is to start on `instance`; an awsvpc task gets the address. */
export function newTask(
  request: TaskRequest,
  instance: Pick<Instance, "arn">,
  address: TaskAddress | undefined,
  ids: Ids,
  now: number,
): Task {
  const { definition, overrides, clusterArn, serviceArn, startedBy, clientToken, requestHash } = request;
  const scope = scopeOf(clusterArn);
  const cluster = lastPart(clusterArn);
  const id = ids.hex(16);
  const networkInterface = address && newInterface(request, address, ids);
  const cpu = overrides.cpu ?? definition.cpu;
  const memory = overrides.memory ?? definition.memory;
  return {
    arn: regionalArn(scope, "ecs", `task/${cluster}/${id}`),
    clusterArn,
    definitionArn: definition.arn,
    family: definition.family,
    revision: definition.revision,
    instanceArn: instance.arn,
    launchType: request.launchType,
    group: request.group,
    desiredStatus: "RUNNING",
    lastStatus: networkInterface ? "PROVISIONING" : "PENDING",
    version: 1,
    overrides,
    containers: overriddenContainers(definition, overrides).map((container) => ({
      arn: regionalArn(scope, "ecs", `container/${cluster}/${id}/${ids.uuid()}`),
      name: container.name,
      image: container.image,
      essential: container.essential,
      lastStatus: "PENDING",
      cpu: container.cpu,
      ...defined({ memory: container.memory, memoryReservation: container.memoryReservation }),
      ...(request.enableExecuteCommand && { executeCommandAgent: { lastStatus: "PENDING" } }),
    })),
    reservation: reservationOf(definition, overrides),
    credentialIds: { task: ids.uuid(), execution: ids.uuid() },
    enableExecuteCommand: request.enableExecuteCommand,
    createdAt: now,
    ...defined({ serviceArn, startedBy, cpu, memory, networkInterface, clientToken, requestHash }),
  };
}

function newInterface(
  { networkConfiguration, clusterArn }: TaskRequest,
  { address, gateway }: TaskAddress,
  ids: Ids,
): TaskInterface {
  const scope = scopeOf(clusterArn);
  return {
    attachmentArn: regionalArn(scope, "ecs", `attachment/${ids.uuid()}`),
    id: `eni-${ids.hex(9).slice(1)}`,
    subnetId: networkConfiguration?.awsvpcConfiguration?.subnets?.[0] ?? "",
    macAddress: macAddress(address),
    address,
    gateway,
    privateDnsName: privateDnsName(address, scope.region),
    status: "PRECREATED",
  };
}
