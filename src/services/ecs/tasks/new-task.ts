import type { NetworkConfiguration, TaskOverride } from "@aws-sdk/client-ecs";
import { regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { Ids } from "../../../ids.ts";
import { lastPart, scopeOf } from "../arns.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Instance } from "../instances/instance.ts";
import { macAddress, privateDnsName } from "../placement/addresses.ts";
import type { TaskAddress } from "../placement/find-address.ts";
import { sizeLacks } from "../placement/refusal.ts";
import { type Asked, askedBy, gpusByContainer } from "../placement/reservation.ts";
import { registered, remaining, reservationOn } from "../placement/resources.ts";
import type { Pins } from "../secrets/pins.ts";
import type { LaunchType } from "./launch-type.ts";
import { fileSystemNotices, type Notices, storageNotices } from "./notices.ts";
import { overriddenContainers } from "./overrides.ts";
import type { Task, TaskInterface } from "./task.ts";

/** A request for a task, wherever it will run. */
export interface TaskRequest {
  readonly clusterArn: string;
  readonly definition: TaskDefinition;
  readonly launchType: LaunchType;
  readonly capacityProviderName?: string | undefined;
  readonly platformVersion?: string | undefined;
  readonly overrides: TaskOverride;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly referenceId?: string | undefined;
  /** The account setting `defaultLogDriverMode`. */
  readonly logDriverMode?: string | undefined;
  /** The versions of secrets that it starts with, if not the newest. */
  readonly pins?: Pins | undefined;
  readonly serviceArn: string | undefined;
  readonly enableExecuteCommand: boolean;
  readonly clientToken: string | undefined;
  /** The hash of the request that brought `clientToken`. */
  readonly requestHash: string | undefined;
}

/** A task that is to start on `instance`; an awsvpc task gets the address. */
export function newTask(
  request: TaskRequest,
  instance: Pick<Instance, "arn" | "resources" | "reserved">,
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
  const asked = askedBy(definition, overrides);
  const shortage = shared(instance, asked);
  const reservation = reservationOn(remaining(instance), asked);
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
      ...(container.healthCheck && { health: { status: "UNKNOWN" as const } }),
      ...(request.enableExecuteCommand && { executeCommandAgent: { lastStatus: "PENDING" } }),
    })),
    reservation,
    credentialIds: { task: ids.uuid(), execution: ids.uuid() },
    enableExecuteCommand: request.enableExecuteCommand,
    createdAt: now,
    ...defined({ serviceArn, startedBy, cpu, memory, networkInterface, clientToken, requestHash }),
    ...defined({ capacityProviderName: request.capacityProviderName, platformVersion: request.platformVersion }),
    ...defined({ logDriverMode: request.logDriverMode, pins: request.pins }),
    ...defined({ referenceId: request.referenceId, ephemeralStorage: definition.ephemeralStorage?.sizeInGiB }),
    ...(asked.gpus.length > 0 && { gpus: gpusByContainer(asked, reservation.gpus) }),
    ...noticed({ ...fileSystemNotices(definition), ...storageNotices(definition), ...shortage.notices }),
    ...defined({ memoryLimit: shortage.memoryLimit }),
  };
}

function noticed(notices: Notices): Pick<Task, "notices"> {
  return Object.keys(notices).length > 0 ? { notices } : {};
}

/** What a task gets on an instance that has less than it asks for. */
function shared(
  instance: Pick<Instance, "resources" | "reserved">,
  asked: Asked,
): Pick<Task, "memoryLimit" | "notices"> {
  const lacks = sizeLacks(instance, asked);
  if (lacks.length === 0) return {};
  const { cpu, memory } = registered(instance);
  const texts = lacks.map(({ reason }) =>
    reason === "RESOURCE:CPU"
      ? `${asked.cpu} CPU units (its machine has ${cpu})`
      : `${asked.memory} MiB of memory (its machine has ${memory})`,
  );
  const resources = `The task asks for ${texts.join(" and ")}. It shares them with the other tasks of its machine.`;
  return { notices: { resources }, ...(asked.memory > memory && { memoryLimit: memory }) };
}

function newInterface(
  { networkConfiguration, clusterArn }: TaskRequest,
  { address, gateway }: TaskAddress,
  ids: Ids,
): TaskInterface {
  const scope = scopeOf(clusterArn);
  const network = networkConfiguration?.awsvpcConfiguration;
  return {
    attachmentArn: regionalArn(scope, "ecs", `attachment/${ids.uuid()}`),
    id: `eni-${ids.hex(9).slice(1)}`,
    subnetId: network?.subnets?.[0] ?? "",
    macAddress: macAddress(address),
    address,
    gateway,
    privateDnsName: privateDnsName(address, scope.region),
    ...(network?.assignPublicIp === "ENABLED" && { hasPublicIp: true }),
    status: "PRECREATED",
  };
}
