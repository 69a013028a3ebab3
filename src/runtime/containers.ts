import type { ContainerFiles } from "./file-stores.ts";
import type { RuntimeError } from "./runtime-error.ts";

export interface Containers {
  /** Creates a container without starting it and resolves to its id. Rejects with `CannotCreateContainerError`. */
  create(container: ContainerSpec): Promise<string>;

  /**
   * Starts a created container, or again one that has ended. Resolves once the program runs. Rejects with
   * `CannotStartContainerError`; the container is then as it was.
   */
  start(id: string): Promise<void>;

  /**
   * Sends the stop signal, and SIGKILL after `timeoutSeconds`. Resolves when nothing of the container runs any more.
   * A container that has ended or does not exist is no error. Rejects with `CannotStopContainerError`.
   */
  stop(id: string, timeoutSeconds: number): Promise<void>;

  /** Deletes a container, a namespace or a store of files with all it left behind. One that does not exist is no error. */
  remove(id: string): Promise<void>;

  /**
   * Every container, namespace and store of files that this runtime made and has not removed, whatever its status: created and never started,
   * running, stopped; also those made before a restart.
   */
  list(): Promise<readonly ContainerState[]>;

  /** One container, namespace or store as it is now; `undefined` if it does not exist. */
  inspect(id: string): Promise<ContainerState | undefined>;

  /** What a container was created with; `undefined` where it does not exist, or nobody knows any more. Secret values are among it. */
  given(id: string): Promise<Given | undefined>;
}

export interface Given {
  readonly environment: Readonly<Record<string, string>>;
  readonly logOptions: Readonly<Record<string, string>>;
}

export interface ContainerSpec {
  /** The name under which the runtime shows it, unique on the machine. */
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly entryPoint?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Groups of names of variables: none of a group is set where the image sets any of it. */
  readonly unlessInImage?: readonly (readonly string[])[];
  readonly labels: Readonly<Record<string, string>>;
  /** CPU units; a relative weight. */
  readonly cpu?: number;
  /** Hard limit in bytes. */
  readonly memory?: number;
  readonly ports: readonly PortMapping[];
  readonly network: { readonly namespace: string } | "bridge" | "host" | "none";
  readonly files?: ContainerFiles;
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
  /** That many ports in a row, on both sides; 1 if absent. */
  readonly count?: number;
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
  /** A network namespace or a store of files, which runs no program of the task's. */
  readonly isNamespace: boolean;
  /** Absent until the container has ended, and where the code is not known. */
  readonly exitCode?: number;
  /** Why it stopped, where that is more than an exit code: `OutOfMemoryError`, `DockerStateError`. */
  readonly error?: RuntimeError;
  readonly ports: readonly PortBinding[];
  readonly createdAt?: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  /** Absent where the container has no health check. */
  readonly health?: Health;
  /** `sha256:…`. */
  readonly imageId?: string;
  /** The networks that it has an address in; with a shared or no namespace of its own, none. */
  readonly networks?: readonly ContainerNetwork[];
  readonly mounts?: readonly ContainerMount[];
}

export interface ContainerNetwork {
  /** The engine's name of it: `bridge`, `host`, … */
  readonly name: string;
  /** IPv4; empty where it has none, as in the machine's own network. */
  readonly address: string;
}

export interface ContainerMount {
  /** The volume's name, if it is one. */
  readonly name?: string;
  /** Path on the engine's machine. */
  readonly source: string;
  /** Path in the container. */
  readonly destination: string;
}

export type HealthStatus = "starting" | "healthy" | "unhealthy";

export interface Health {
  readonly status: HealthStatus;
  /** Exit code and output of the latest check, once there was one. */
  readonly exitCode?: number;
  readonly output?: string;
  readonly checkedAt?: Date;
}
