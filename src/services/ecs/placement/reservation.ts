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
}

/** The task's own size, else the sum of its containers'. Ports count where they are the host's. */
export function reservationOf(definition: TaskDefinition, overrides: TaskOverride): Reservation {
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
  };
}
