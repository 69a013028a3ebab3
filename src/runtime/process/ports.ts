import type { ContainerSpec, ContainerState } from "../containers.ts";
import { singlePorts } from "../ports.ts";

/** Nothing is translated between a process and its machine: a port is reached where the program listens. */
export function portsOf({ network, ports }: ContainerSpec): ContainerState["ports"] {
  if (network !== "bridge") return [];
  return singlePorts(ports).map(({ containerPort, protocol }) => ({
    containerPort,
    hostPort: containerPort,
    protocol,
    bindIp: "127.0.0.1",
  }));
}
