import type { PortMapping } from "./containers.ts";

/** Each port by itself, also of several in a row. */
export function singlePorts(ports: readonly PortMapping[]): readonly PortMapping[] {
  return ports.flatMap(({ count = 1, ...first }) =>
    Array.from({ length: count }, (_, index) => ({
      ...first,
      containerPort: first.containerPort + index,
      hostPort: first.hostPort === 0 ? 0 : first.hostPort + index,
    })),
  );
}
