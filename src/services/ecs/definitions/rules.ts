import type { Volume } from "@aws-sdk/client-ecs";
import type { Container, TaskDefinition } from "./definition.ts";
import { fargateProblem } from "./fargate.ts";
import { numberProblem } from "./numbers.ts";

export type Candidate = Omit<TaskDefinition, "arn" | "revision" | "status" | "registeredAt">;

/** The first rule that a task definition breaks, in AWS's words where they are known. Defaults are filled in before. */
export function definitionProblem(definition: Candidate): string | undefined {
  const { family, containerDefinitions: containers } = definition;
  if (family === "") return "Family can not be blank.";
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) return "Family contains invalid characters.";
  if (containers.length === 0) return "Container list cannot be empty.";
  for (const rule of [
    nameProblem,
    numberProblem,
    portProblem,
    memoryProblem,
    secretProblem,
    logProblem,
    healthProblem,
  ]) {
    for (const container of containers) {
      const problem = rule(container, definition);
      if (problem !== undefined) return problem;
    }
  }
  return (
    wholeProblem(definition) ?? dependencyProblem(containers) ?? volumeProblem(containers, definition.volumes ?? [])
  );
}

function wholeProblem(definition: Candidate): string | undefined {
  const { containerDefinitions: containers, cpu, memory } = definition;
  if (new Set(containers.map(({ name }) => name)).size < containers.length) {
    return "Container names must be unique within a Task Definition.";
  }
  if (!containers.some(({ essential }) => essential))
    return "A task definition must have at least one essential container.";
  for (const role of [definition.taskRoleArn, definition.executionRoleArn]) {
    if (role !== undefined && !/^arn:[^:]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(role)) return "Role is not valid";
  }
  if (cpu !== undefined && total(containers, "cpu") > Number(cpu)) {
    return "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.";
  }
  if (memory !== undefined && total(containers, "memoryReservation") > Number(memory)) {
    return "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'.";
  }
  const large = containers.find((container) => memory !== undefined && (container.memory ?? 0) > Number(memory));
  if (large) {
    return `Invalid setting for container '${large.name}'. The 'memory' value cannot be greater than the value of the task 'memory'.`;
  }
  return definition.requiresCompatibilities?.includes("FARGATE") ? fargateProblem(definition) : undefined;
}

function nameProblem({ name, image }: Container): string | undefined {
  if (!name) return "Container.name should not be null or empty.";
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) return "Container.name contains invalid characters.";
  if (!image) return "Container.image should not be null or empty.";
  return undefined;
}

function portProblem({ name, portMappings, links }: Container, { networkMode }: Candidate): string | undefined {
  if (networkMode === "none" && portMappings?.length) {
    return `Invalid setting for container '${name}'. Port mappings are not allowed when networkMode=none.`;
  }
  if (networkMode === "awsvpc" && links?.length) return "Links are not supported when networkMode=awsvpc.";
  const seen = new Map<number, string>();
  for (const { containerPort, hostPort, protocol = "tcp", containerPortRange } of portMappings ?? []) {
    if (containerPortRange !== undefined) continue;
    if (!isPort(containerPort, 1)) return `Invalid 'containerPort' setting for container '${name}'.`;
    if (hostPort !== undefined && !isPort(hostPort, 0)) return `Invalid 'hostPort' setting for container '${name}'.`;
    if ((networkMode === "awsvpc" || networkMode === "host") && hostPort !== containerPort) {
      return `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`;
    }
    if (hostPort && seen.get(hostPort) === protocol) {
      return `Invalid setting for container '${name}'. Host port ${hostPort} is used more than once.`;
    }
    if (hostPort) seen.set(hostPort, protocol);
  }
  return undefined;
}

function memoryProblem({ name, memory, memoryReservation }: Container, definition: Candidate): string | undefined {
  if (definition.memory === undefined && !memory && !memoryReservation) {
    return `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`;
  }
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory) {
    return `Invalid setting for container '${name}'. The 'memoryReservation' value cannot be greater than the 'memory' value.`;
  }
  return undefined;
}

function secretProblem(
  { environment, secrets, logConfiguration }: Container,
  definition: Candidate,
): string | undefined {
  const all = [...(secrets ?? []), ...(logConfiguration?.secretOptions ?? [])];
  if (all.length > 0 && !definition.executionRoleArn) {
    return "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.";
  }
  const names = (secrets ?? []).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `Duplicate secret names found: ${twice}. Each secret name must be unique.`;
  const shared = names.find((name) => environment?.some((variable) => variable.name === name));
  if (shared !== undefined) {
    return `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${shared}'.`;
  }
  return undefined;
}

const requiredLogOptions: Readonly<Record<string, readonly string[]>> = {
  awslogs: ["awslogs-region", "awslogs-group"],
  splunk: ["splunk-url", "splunk-token"],
};

function logProblem({ logConfiguration: log }: Container): string | undefined {
  const given = new Set([...Object.keys(log?.options ?? {}), ...(log?.secretOptions ?? []).map(({ name }) => name)]);
  const missing = (requiredLogOptions[log?.logDriver ?? ""] ?? []).filter((option) => !given.has(option));
  return missing.length > 0 ? `Log driver ${log?.logDriver} requires options: ${missing.join(", ")}` : undefined;
}

function healthProblem({ name, healthCheck }: Container): string | undefined {
  if (!healthCheck) return undefined;
  const { command, interval = 30, timeout = 5, retries = 3, startPeriod = 0 } = healthCheck;
  const valid =
    ["CMD", "CMD-SHELL", "NONE"].includes(command?.[0] ?? "") &&
    isBetween(interval, 5, 300) &&
    isBetween(timeout, 2, 60) &&
    isBetween(retries, 1, 10) &&
    isBetween(startPeriod, 0, 300);
  return valid ? undefined : `Invalid 'healthCheck' setting for container '${name}'.`;
}

function dependencyProblem(containers: readonly Container[]): string | undefined {
  for (const { name, dependsOn } of containers) {
    for (const { containerName, condition } of dependsOn ?? []) {
      const on = containers.find((container) => container.name === containerName);
      if (!on)
        return `Container '${name}' depends on container '${containerName}', which does not exist in the task definition.`;
      if (on.essential && (condition === "SUCCESS" || condition === "COMPLETE")) {
        return "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container";
      }
      if (condition === "HEALTHY" && !on.healthCheck) {
        return `Container '${name}' depends on container '${containerName}' being healthy, which has no health check.`;
      }
      if (reaches(containers, containerName, name)) return `Container '${name}' depends on itself.`;
    }
  }
  return undefined;
}

function reaches(
  containers: readonly Container[],
  from: string | undefined,
  to: string,
  seen = new Set<string>(),
): boolean {
  if (from === to) return true;
  if (from === undefined || seen.has(from)) return false;
  seen.add(from);
  const next = containers.find(({ name }) => name === from)?.dependsOn ?? [];
  return next.some(({ containerName }) => reaches(containers, containerName, to, seen));
}

function volumeProblem(containers: readonly Container[], volumes: readonly Volume[]): string | undefined {
  for (const { mountPoints } of containers) {
    for (const { sourceVolume } of mountPoints ?? []) {
      if (!volumes.some(({ name }) => name === sourceVolume)) return `Unknown volume '${sourceVolume}'.`;
    }
  }
  return undefined;
}

function total(containers: readonly Container[], member: "cpu" | "memoryReservation"): number {
  return containers.reduce((sum, container) => sum + (container[member] ?? 0), 0);
}

function isPort(port: number | undefined, lowest: number): boolean {
  return port !== undefined && isBetween(port, lowest, 65535);
}

function isBetween(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}
