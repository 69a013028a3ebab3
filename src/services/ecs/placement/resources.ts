import type { Instance } from "../instances/instance.ts";
import { type Asked, gpuCount, type Reservation } from "./reservation.ts";

/** Resources of an instance. Ports are those in use, GPUs those that are free. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  /** Ids. */
  readonly gpus: readonly string[];
}

/** The resources that an instance registered. */
export function registered({ resources }: Pick<Instance, "resources">): Resources {
  const find = (name: string) => resources.find((resource) => resource.name === name);
  const integer = (name: string) => find(name)?.integerValue ?? 0;
  const strings = (name: string) => find(name)?.stringSetValue ?? [];
  return {
    cpu: integer("CPU"),
    memory: integer("MEMORY"),
    tcp: strings("PORTS").map(Number),
    udp: strings("PORTS_UDP").map(Number),
    gpus: strings("GPU"),
  };
}

/** The resources that the instance's tasks leave. */
export function remaining(instance: Pick<Instance, "resources" | "reserved">): Resources {
  const all = registered(instance);
  const { reserved } = instance;
  return {
    cpu: all.cpu - reserved.cpu,
    memory: all.memory - reserved.memory,
    tcp: [...all.tcp, ...reserved.tcp],
    udp: [...all.udp, ...reserved.udp],
    gpus: all.gpus.filter((id) => !reserved.gpus.includes(id)),
  };
}

/**
 * The resources that a task gets of an instance on which `free` is left: all that it asks for. A Fargate task without room,
 * which is placed nevertheless, takes no more CPU and memory than there is.
 */
export function reservationOn(free: Resources, asked: Asked): Reservation {
  const { tcp, udp } = asked;
  return {
    cpu: Math.min(asked.cpu, Math.max(0, free.cpu)),
    memory: Math.min(asked.memory, Math.max(0, free.memory)),
    tcp,
    udp,
    gpus: free.gpus.slice(0, gpuCount(asked)),
  };
}
