import type { ContainerFiles } from "./file-stores.ts";
import type { RuntimeError } from "./runtime-error.ts";

export interface Containers {
  /** Creates a container without starting it and resolves to its id. Rejects with `CannotCreateContainerError`. */
  create(container: ContainerSpec): Promise<string>;

  /** Starts a created container. Resolves once the program runs. Rejects with `CannotStartContainerError`. */
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
}

export type HealthStatus = "starting" | "healthy" | "unhealthy";

export interface Health {
  readonly status: HealthStatus;
  /** Exit code and output of the latest check, once there was one. */
  readonly exitCode?: number;
  readonly output?: string;
  readonly checkedAt?: Date;
}
