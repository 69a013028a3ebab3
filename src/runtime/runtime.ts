/**
 * What the agent asks of whatever runs containers. Docker's and the process runtime's adapters, a fake for tests and
 * the contract suite that all three pass lie beside this file.
 */
export interface Runtime extends AsyncDisposable {
  readonly kind: "docker" | "process" | "fake";

  /** What this machine offers. */
  describe(): Promise<Machine>;

  /** Makes `image` present. Rejects with a `RuntimeError` named `CannotPullContainerError` if it cannot be had. */
  pull(image: string, credentials?: RegistryCredentials): Promise<{ readonly digest?: string }>;

  /**
   * Makes the network namespace that an awsvpc task's containers share, holding `address` (one of the machine's
   * subnet) until `remove`. Resolves to an id for `ContainerSpec.network` and `remove`; rejects with `ContainerNetworkingError`.
   */
  openNamespace(namespace: NamespaceSpec): Promise<string>;

  /** Creates a container without starting it and resolves to its id. Rejects with `CannotCreateContainerError`. */
  create(container: ContainerSpec): Promise<string>;

  /** Starts a created container. Rejects with `CannotStartContainerError`. Resolves once the program runs. */
  start(id: string): Promise<void>;

  /**
   * Sends the stop signal, and SIGKILL after `timeoutSeconds`; resolves when nothing of the container runs any more.
   * A container that has ended or is not there is no error. Rejects with `CannotStopContainerError`.
   */
  stop(id: string, timeoutSeconds: number): Promise<void>;

  /** Deletes a container or a namespace and all it left behind. One that is not there is no error. */
  remove(id: string): Promise<void>;

  /** Every container that this runtime made and has not removed, also those made before a restart; namespaces included. */
  list(): Promise<readonly ContainerState[]>;

  /** One container or namespace as it is now; `undefined` if it is not there. */
  inspect(id: string): Promise<ContainerState | undefined>;

  /** Calls `listener` with the id of every container that ends, until the returned function is called. */
  onExit(listener: (id: string) => void): () => void;
}

export interface Machine {
  /** Version of the Engine, or of Node for processes. */
  readonly version: string;
  /** CPU units: 1,024 a core. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly architecture: "x86_64" | "arm64";
  /** Log drivers that `ContainerSpec.log` may name. */
  readonly logDrivers: readonly string[];
  /** Where awsvpc addresses come from. */
  readonly subnet: Subnet;
}

export interface Subnet {
  /** IPv4 CIDR, such as `172.18.0.0/16`. */
  readonly cidr: string;
  readonly gateway: string;
}

/** What a private registry asks for: a task definition's `repositoryCredentials`, or an ECR token. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
  /** Without it Docker's default registry is meant. */
  readonly serverAddress?: string;
}

export interface NamespaceSpec {
  readonly taskArn: string;
  readonly hostname: string;
  /** IPv4 address within the machine's subnet. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ContainerSpec {
  /** The name under which the runtime shows it, unique on the machine. */
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly entryPoint?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** CPU units; a relative weight. */
  readonly cpu?: number;
  /** Hard limit in bytes. */
  readonly memory?: number;
  readonly ports: readonly PortMapping[];
  readonly network: { readonly namespace: string } | "bridge" | "host" | "none";
  readonly log?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  /**
   * The ECS payload's own `dockerConfig`: members of the Engine API's `Config` and `HostConfig` that have no name above.
   * Adapters use what they understand.
   */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly hostConfig?: Readonly<Record<string, unknown>>;
}

export interface PortMapping {
  readonly containerPort: number;
  /** 0 lets the runtime choose. */
  readonly hostPort: number;
  readonly protocol: "tcp" | "udp";
}

export interface PortBinding {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: "tcp" | "udp";
  readonly bindIp: string;
}

export interface ContainerState {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: "created" | "running" | "stopped";
  readonly isNamespace: boolean;
  readonly exitCode?: number;
  /** Why it stopped, where that is more than an exit code: `OutOfMemoryError`, `DockerStateError`. */
  readonly error?: RuntimeError;
  readonly ports: readonly PortBinding[];
  readonly createdAt?: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
}

/** A failure under the name that AWS's agent gives it (`CannotPullContainerError`, `OutOfMemoryError`, …). */
export class RuntimeError extends Error {
  override readonly name: string;
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
