import type { TaskOverride } from "@aws-sdk/client-ecs";
import type { TaskDefinition } from "../definitions/definition.ts";
import { overriddenContainers } from "../tasks/overrides.ts";

/** The resources that a task takes of its instance until it has stopped. */
export interface Reservation {
  /** CPU units. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  /** Ids of GPUs. */
  readonly gpus: readonly string[];
}

/** The resources that a task asks for, wherever it will run. */
export interface Asked extends Omit<Reservation, "gpus"> {
  /** How many GPUs each container asks for, of those that ask for any. */
  readonly gpus: readonly { readonly container: string; readonly count: number }[];
}

/** The task's own size, else the sum of its containers'. Ports count where they are the host's. */
export function askedBy(definition: TaskDefinition, overrides: TaskOverride): Asked {
  const containers = overriddenContainers(definition, overrides);
  const ports = definition.networkMode === "awsvpc" ? [] : containers.flatMap(({ portMappings }) => portMappings ?? []);
  const hostPorts = (wanted: string) =>
    ports.flatMap(({ hostPort, protocol = "tcp" }) => (hostPort && protocol === wanted ? [hostPort] : []));
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
    gpus: containers.flatMap(({ name, resourceRequirements = [] }) => {
      const count = Number(resourceRequirements.find(({ type }) => type === "GPU")?.value ?? 0);
      return count > 0 ? [{ container: name, count }] : [];
    }),
  };
}

export function gpuCount({ gpus }: Asked): number {
  return gpus.reduce((sum, { count }) => sum + count, 0);
}

/** The GPUs of each container, of those that the task got. */
export function gpusByContainer({ gpus }: Asked, ids: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const left = [...ids];
  return Object.fromEntries(gpus.map(({ container, count }) => [container, left.splice(0, count)]));
}
