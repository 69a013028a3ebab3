import type { NetworkBinding } from "@aws-sdk/client-ecs";
import type { PayloadPortMapping } from "../../acs/protocol.ts";
import type { PortBinding, PortMapping } from "../../runtime/containers.ts";
import { type AgentContainer, type AgentTask, payloadOf } from "./task.ts";

/** A port, or a range of ports, as the runtime is asked for it. */
export function portMapping({
  containerPort,
  hostPort,
  protocol,
  containerPortRange,
}: PayloadPortMapping): PortMapping {
  if (containerPortRange === undefined) return { containerPort, hostPort, protocol };
  const { first, last } = portRange(containerPortRange);
  return { containerPort: first, hostPort: 0, protocol, count: last - first + 1 };
}

/** Where a container's ports are reached, with each range as one binding; `undefined` where it has not run. */
export function networkBindings(task: AgentTask, { name, attempt }: AgentContainer): NetworkBinding[] | undefined {
  if (attempt.ports === undefined) return undefined;
  const { portMappings } = payloadOf(task, name);
  const published = publishedPorts(task).filter((port) => portMappings.some((mapping) => isOf(port, mapping)));
  const ports = [...attempt.ports, ...published];
  const ranges = portMappings.filter(({ containerPortRange }) => containerPortRange !== undefined);
  const single = ports.filter((port) => !ranges.some((range) => isOf(port, range)));
  return [
    ...single.map(({ bindIp, ...port }) => ({ ...port, bindIP: bindIp })),
    ...ranges.flatMap((range) => rangeBinding(range, ports)),
  ];
}

function rangeBinding({ containerPortRange, ...range }: PayloadPortMapping, ports: readonly PortBinding[]) {
  const bound = ports.filter((port) => isOf(port, { containerPortRange, ...range } as PayloadPortMapping));
  const [one] = bound;
  if (!one || containerPortRange === undefined) return [];
  const hosts = bound.map(({ hostPort }) => hostPort);
  const hostPortRange = `${Math.min(...hosts)}-${Math.max(...hosts)}`;
  return [{ bindIP: one.bindIp, protocol: range.protocol, containerPortRange, hostPortRange }];
}

function isOf(port: PortBinding, { containerPort, protocol, containerPortRange }: PayloadPortMapping): boolean {
  if (port.protocol !== protocol) return false;
  if (containerPortRange === undefined) return port.containerPort === containerPort;
  const { first, last } = portRange(containerPortRange);
  return first <= port.containerPort && port.containerPort <= last;
}

/** The ports of an awsvpc task that are reached on the machine. */
function publishedPorts({ resources }: AgentTask): readonly PortBinding[] {
  const { ports = [] } = (resources.network?.data ?? {}) as { readonly ports?: readonly PortBinding[] };
  return ports;
}

function portRange(text: string): { readonly first: number; readonly last: number } {
  const [first = 0, last = first] = text.split("-").map(Number);
  return { first, last };
}
