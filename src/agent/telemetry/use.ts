import type { ContainerStats } from "../../runtime/stats.ts";

/** What a container used between two readings. A figure that the runtime does not know is absent. */
export interface Use {
  /** Percent of all of the machine's CPUs together; absent without an earlier reading. */
  readonly cpuPercent?: number;
  /** MiB. */
  readonly memory: number;
  readonly rxBytesPerSecond?: number;
  readonly txBytesPerSecond?: number;
}

/** `earlier`: the reading before, if it is of the same run of the container. Counted as AWS's agent does. */
export function useBetween(earlier: ContainerStats | undefined, now: ContainerStats): Use {
  const memory = withoutCache(now) / (1024 * 1024);
  const seconds = earlier ? (now.readAt.getTime() - earlier.readAt.getTime()) / 1000 : 0;
  if (!earlier || seconds <= 0 || now.cpu.total < earlier.cpu.total) return { memory };
  const cpus = Math.max(1, now.cpu.onlineCpus);
  const cpuPercent = ((now.cpu.total - earlier.cpu.total) / (seconds * 1e9) / cpus) * 100;
  if (!now.networks || !earlier.networks) return { cpuPercent, memory };
  const perSecond = (count: "rxBytes" | "txBytes") => Math.max(0, total(now, count) - total(earlier, count)) / seconds;
  return { cpuPercent, memory, rxBytesPerSecond: perSecond("rxBytes"), txBytesPerSecond: perSecond("txBytes") };
}

/** Bytes without those that the kernel would give back: version 2 of control groups calls them so, version 1 otherwise. */
function withoutCache({ memory: { usage, details } }: ContainerStats): number {
  const cache = details.inactive_file ?? details.cache ?? 0;
  return cache < usage ? usage - cache : usage;
}

function total({ networks = {} }: ContainerStats, count: "rxBytes" | "txBytes"): number {
  return Object.values(networks).reduce((sum, network) => sum + network[count], 0);
}
