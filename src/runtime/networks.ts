export interface Networks {
  /**
   * Makes the network namespace that an awsvpc task's containers share. It holds `address`, one of the machine's subnet, until
   * it is removed. Resolves to an id for `ContainerSpec.network` and for all of `Containers` but `start`. Rejects with
   * `ContainerNetworkingError`.
   */
  open(namespace: NamespaceSpec): Promise<string>;
}

export interface NamespaceSpec {
  readonly taskArn: string;
  readonly hostname: string;
  /** IPv4 address within the machine's subnet. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}
