import type { Instance } from "../instances/instance.ts";
import type { PlacedTask } from "./placed-task.ts";

/** Resources of an instance. Ports are those in use. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
}

/** What an instance registered. */
export function registered(instance: Instance): Resources {
  const integer = (name: string) => instance.resources.find((resource) => resource.name === name)?.integerValue ?? 0;
  const ports = (name: string) =>
    (instance.resources.find((resource) => resource.name === name)?.stringSetValue ?? []).map(Number);
  return { cpu: integer("CPU"), memory: integer("MEMORY"), tcp: ports("PORTS"), udp: ports("PORTS_UDP") };
}

/** What `tasks`, which have not stopped, leave of it. Ports are those in use. */
export function remaining(instance: Instance, tasks: readonly PlacedTask[]): Resources {
  const all = registered(instance);
  const taken = tasks.map(({ reservation }) => reservation);
  return {
    cpu: taken.reduce((left, { cpu }) => left - cpu, all.cpu),
    memory: taken.reduce((left, { memory }) => left - memory, all.memory),
    tcp: [...all.tcp, ...taken.flatMap(({ tcp }) => tcp)],
    udp: [...all.udp, ...taken.flatMap(({ udp }) => udp)],
  };
}
