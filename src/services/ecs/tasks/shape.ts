import type { Task as ApiTask, Attachment, Attribute, Container, ManagedAgent, Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { lastPart, scopeOf } from "../arns.ts";
import { taskHealth } from "./health.ts";
import { noticeAttributes } from "./notices.ts";
import type { ExecuteCommandAgent, Task, TaskContainer } from "./task.ts";

/** A task as the API shows it. A Fargate task has no visible container instance. */
export function taskShape(task: Task, tags?: readonly Tag[]): ApiTask {
  const fargate = task.launchType === "FARGATE";
  return {
    taskArn: task.arn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.definitionArn,
    launchType: task.launchType,
    // All machines of an installation count as one zone.
    availabilityZone: `${scopeOf(task.arn).region}a`,
    group: task.group,
    desiredStatus: task.desiredStatus,
    lastStatus: task.lastStatus,
    healthStatus: taskHealth(task) ?? "UNKNOWN",
    version: task.version,
    overrides: { containerOverrides: [], inferenceAcceleratorOverrides: [], ...task.overrides },
    containers: task.containers.map((container) => describeContainer(container, task)),
    attachments: attachments(task),
    attributes: taskAttributes(task),
    enableExecuteCommand: task.enableExecuteCommand,
    tags: [...(tags ?? [])],
    ...defined({
      capacityProviderName: task.capacityProviderName,
      containerInstanceArn: fargate ? undefined : task.instanceArn,
      startedBy: task.startedBy,
      cpu: task.cpu,
      memory: task.memory,
      ephemeralStorage: storageOf(task),
      fargateEphemeralStorage: storageOf(task),
      connectivity: task.connectivityAt === undefined ? undefined : ("CONNECTED" as const),
      stopCode: task.stopCode,
      stoppedReason: task.stoppedReason,
    }),
    ...(fargate && { platformVersion: task.platformVersion ?? "1.4.0", platformFamily: "Linux" }),
    ...times(task),
  };
}

/** GiB that Fargate gives a task that does not say otherwise. */
const usualStorage = 20;

function storageOf({ launchType, overrides, ephemeralStorage }: Task) {
  if (launchType !== "FARGATE") return undefined;
  return { sizeInGiB: overrides.ephemeralStorage?.sizeInGiB ?? ephemeralStorage ?? usualStorage };
}

function taskAttributes({ referenceId, notices }: Task): Attribute[] {
  const reference = referenceId === undefined ? [] : [{ name: "sealift.reference-id", value: referenceId }];
  return [...reference, ...noticeAttributes(notices)];
}

const timeMembers = [
  "connectivityAt",
  "createdAt",
  "pullStartedAt",
  "pullStoppedAt",
  "startedAt",
  "stoppingAt",
  "executionStoppedAt",
  "stoppedAt",
] as const;

function times(task: Task): Partial<Record<(typeof timeMembers)[number], Date>> {
  return Object.fromEntries(
    timeMembers.flatMap((name) => (task[name] === undefined ? [] : [[name, new Date(task[name])]])),
  );
}

function describeContainer(container: TaskContainer, task: Task): Container {
  const { networkInterface } = task;
  return {
    containerArn: container.arn,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    lastStatus: container.lastStatus,
    healthStatus: container.health?.status ?? "UNKNOWN",
    cpu: String(container.cpu),
    networkBindings: [...(container.networkBindings ?? [])],
    networkInterfaces: networkInterface
      ? [{ attachmentId: lastPart(networkInterface.attachmentArn), privateIpv4Address: networkInterface.address }]
      : [],
    ...defined({
      memory: container.memory?.toString(),
      memoryReservation: container.memoryReservation?.toString(),
      gpuIds: task.gpus?.[container.name]?.slice(),
      runtimeId: container.runtimeId,
      imageDigest: container.imageDigest,
      exitCode: container.exitCode,
      reason: container.reason,
      managedAgents: container.executeCommandAgent && [managedAgent(container.executeCommandAgent)],
    }),
  };
}

function managedAgent({ lastStatus, lastStartedAt, reason }: ExecuteCommandAgent): ManagedAgent {
  const startedAt = lastStartedAt === undefined ? undefined : new Date(lastStartedAt);
  return { name: "ExecuteCommandAgent", lastStatus, ...defined({ lastStartedAt: startedAt, reason }) };
}

function attachments({ networkInterface: network }: Task): Attachment[] {
  if (!network) return [];
  const details = {
    subnetId: network.subnetId,
    networkInterfaceId: network.id,
    macAddress: network.macAddress,
    privateDnsName: network.privateDnsName,
    privateIPv4Address: network.address,
  };
  return [
    {
      id: lastPart(network.attachmentArn),
      type: "ElasticNetworkInterface",
      status: network.status,
      details: Object.entries(details).map(([name, value]) => ({ name, value })),
    },
  ];
}
