import type { PortMapping } from "./containers.ts";

export interface Networks {
  /**
   * Makes the namespace that a task's containers share. It holds `address`, one of the machine's subnet, until it is removed. Resolves
   * to an id for `ContainerSpec.network` and for all of `Containers` but `start`. Rejects with `ContainerNetworkingError`.
   */
  open(namespace: NamespaceSpec): Promise<string>;
}

export interface NamespaceSpec {
  readonly taskArn: string;
  readonly hostname: string;
  /** IPv4 address within the machine's subnet; without one, the namespace has no network. */
  readonly address?: string;
  /** Ports that are reached on the machine, too: at the container's number, or at another one where that is taken. */
  readonly publish?: readonly PortMapping[];
  /** Bytes of the memory that containers share with it; absent where they share none. */
  readonly sharedMemory?: number;
  readonly labels: Readonly<Record<string, string>>;
}
