import type { PortMapping } from "./containers.ts";

export interface Networks {
  /**
   * Makes the namespace that a task's containers share, and resolves to an id for `ContainerSpec.network` and for all of `Containers`
   * but `start`. Containers can be created with it at once, and started once it is open. One that publishes ports is open
   * already. Rejects with `ContainerNetworkingError`.
   */
  create(namespace: NamespaceSpec): Promise<string>;

  /**
   * Opens it: from now on it holds its address, until it is removed. Does nothing where it is open. Rejects with
   * `ContainerNetworkingError`.
   */
  open(id: string): Promise<void>;
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
