import type { NetworkConfiguration, TaskOverride } from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import type { Ids } from "../../../ids.ts";
import { overridden } from "../acs/payload.ts";
import { lastPart, scopeOf } from "../arns.ts";
import type { Instance, LaunchType, PlacedTask, Reservation, Task, TaskDefinition, TaskInterface } from "../model.ts";
import { type InstanceSubnet, macAddress, pickAddress, privateDnsName } from "../placement/addresses.ts";

/** What is asked of a task, wherever it will run. */
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
  readonly requestHash: string | undefined;
}

/** A task that is to start on `instance`, of which `live` are the tasks. `undefined` if its subnet has no address left. */
export function newTask(
  request: TaskRequest,
  instance: Instance,
  live: readonly PlacedTask[],
  ids: Ids,
  now: number,
): Task | undefined {
  const { definition, overrides, clusterArn } = request;
  const scope = scopeOf(clusterArn);
  const cluster = lastPart(clusterArn);
  const id = ids.hex(16);
  const networkInterface = definition.networkMode === "awsvpc" ? newInterface(request, instance, live, ids) : undefined;
  if (definition.networkMode === "awsvpc" && !networkInterface) return undefined;
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
    containers: containersOf(request).map((container) => ({
      arn: regionalArn(scope, "ecs", `container/${cluster}/${id}/${ids.uuid()}`),
      name: container.name,
      image: container.image,
      essential: container.essential,
      lastStatus: "PENDING",
      cpu: container.cpu,
      ...(container.memory !== undefined && { memory: container.memory }),
      ...(container.memoryReservation !== undefined && { memoryReservation: container.memoryReservation }),
    })),
    reservation: reservationOf(definition, overrides),
    credentialIds: { task: ids.uuid(), execution: ids.uuid() },
    enableExecuteCommand: request.enableExecuteCommand,
    createdAt: now,
    ...(request.serviceArn !== undefined && { serviceArn: request.serviceArn }),
    ...(request.startedBy !== undefined && { startedBy: request.startedBy }),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(networkInterface && { networkInterface }),
    ...(request.clientToken !== undefined && { clientToken: request.clientToken }),
    ...(request.requestHash !== undefined && { requestHash: request.requestHash }),
  };
}

function containersOf({ definition, overrides }: Pick<TaskRequest, "definition" | "overrides">) {
  return definition.containerDefinitions.map((container) =>
    overridden(
      container,
      overrides.containerOverrides?.find(({ name }) => name === container.name),
    ),
  );
}

/** The task's own size, else the sum of its containers'. Ports count where they are the host's. */
export function reservationOf(definition: TaskDefinition, overrides: TaskOverride): Reservation {
  const containers = containersOf({ definition, overrides });
  const ports = definition.networkMode === "awsvpc" ? [] : containers.flatMap(({ portMappings }) => portMappings ?? []);
  const hostPorts = (protocol: string) =>
    ports.filter((port) => port.hostPort && (port.protocol ?? "tcp") === protocol).map(({ hostPort }) => hostPort!);
  const cpu = overrides.cpu ?? definition.cpu;
  const memory = overrides.memory ?? definition.memory;
  return {
    cpu: cpu !== undefined ? Number(cpu) : containers.reduce((sum, container) => sum + container.cpu, 0),
    memory:
      memory !== undefined
        ? Number(memory)
        : containers.reduce((sum, container) => sum + (container.memoryReservation || container.memory || 0), 0),
    tcp: hostPorts("tcp"),
    udp: hostPorts("udp"),
  };
}

/** The subnet that the instance registered for awsvpc tasks. */
export function subnetOf(instance: Instance): InstanceSubnet | undefined {
  const value = (wanted: string) => instance.attributes.find(({ name }) => name === wanted)?.value;
  const cidr = value("sealift.subnet");
  return cidr === undefined ? undefined : { cidr, gateway: value("sealift.subnet-gateway") ?? "" };
}

function newInterface(
  { networkConfiguration, clusterArn }: TaskRequest,
  instance: Instance,
  live: readonly PlacedTask[],
  ids: Ids,
): TaskInterface | undefined {
  const subnet = subnetOf(instance);
  const used = new Set(
    live.flatMap((task) => (task.instanceArn === instance.arn && task.address ? [task.address] : [])),
  );
  const start = Number.parseInt(ids.hex(4), 16) / 2 ** 32;
  const address = subnet && pickAddress(subnet, used, start);
  if (address === undefined) return undefined;
  const scope = scopeOf(clusterArn);
  return {
    attachmentArn: regionalArn(scope, "ecs", `attachment/${ids.uuid()}`),
    id: `eni-${ids.hex(9).slice(1)}`,
    subnetId: networkConfiguration?.awsvpcConfiguration?.subnets?.[0] ?? "",
    macAddress: macAddress(address),
    address,
    gateway: subnet!.gateway,
    privateDnsName: privateDnsName(address, scope.region),
    status: "PRECREATED",
  };
}
