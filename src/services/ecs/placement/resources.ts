import type { Instance } from "../instances/instance.ts";

/** Resources of an instance. Ports are those in use. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
}

/** The resources that an instance registered. */
export function registered({ resources }: Pick<Instance, "resources">): Resources {
  const integer = (name: string) => resources.find((resource) => resource.name === name)?.integerValue ?? 0;
  const ports = (name: string) =>
    (resources.find((resource) => resource.name === name)?.stringSetValue ?? []).map(Number);
  return { cpu: integer("CPU"), memory: integer("MEMORY"), tcp: ports("PORTS"), udp: ports("PORTS_UDP") };
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
  };
}
