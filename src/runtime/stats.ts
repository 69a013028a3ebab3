export interface Stats {
  /** The container's use now; `undefined` if it does not run. Rejects with `CannotReadStatsError`. */
  read(id: string): Promise<ContainerStats | undefined>;

  /**
   * The same as the engine itself tells it, in the form of Docker's API, with all that has no name below. A capability.
   * https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerStats
   */
  document?(id: string): Promise<Readonly<Record<string, unknown>> | undefined>;

  /** The container's use about once a second, until it ends or `signal` aborts. Rejects with `CannotReadStatsError`. */
  follow(id: string, options?: { readonly signal?: AbortSignal }): AsyncIterable<ContainerStats>;
}

/**
 * The figures and units of the task metadata endpoint's `/stats`, which are Docker's: counters since the container's start.
 * Figures that a runtime does not know are absent.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html
 */
export interface ContainerStats {
  readonly readAt: Date;
  readonly cpu: CpuStats;
  readonly memory: MemoryStats;
  /** By the interface's name within the container. */
  readonly networks?: Readonly<Record<string, NetworkStats>>;
  readonly blockIo?: readonly BlockIoStats[];
  /** Processes and threads. */
  readonly pids?: number;
}

export interface CpuStats {
  /** Nanoseconds of CPU time: in all, in user mode and in kernel mode. */
  readonly total: number;
  readonly user: number;
  readonly kernel: number;
  /** Nanoseconds of CPU time that the whole machine has spent, on all CPUs together. */
  readonly machine: number;
  readonly onlineCpus: number;
}

export interface MemoryStats {
  /** Bytes. */
  readonly usage: number;
  /** Bytes; the machine's memory where the container has no limit. */
  readonly limit: number;
  /** The kernel's own details, in bytes: `cache`, `rss`, `active_anon`, … */
  readonly details: Readonly<Record<string, number>>;
}

export interface NetworkStats {
  readonly rxBytes: number;
  readonly rxPackets: number;
  readonly rxErrors: number;
  readonly rxDropped: number;
  readonly txBytes: number;
  readonly txPackets: number;
  readonly txErrors: number;
  readonly txDropped: number;
}

export interface BlockIoStats {
  /** The block device; absent where the figure is for all devices. */
  readonly device?: { readonly major: number; readonly minor: number };
  readonly operation: "read" | "write";
  readonly bytes: number;
}
