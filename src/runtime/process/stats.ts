import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import { defined } from "../../defined.ts";
import type { ContainerStats, Stats } from "../stats.ts";
import { processesByLeader, usageOf } from "./system/usage.ts";

/** A container that runs, for its statistics. */
export interface Running {
  /** The program's process id. */
  readonly pid: number;
  /** Bytes; absent where the container has no limit. */
  readonly memory?: number;
}

/** Linux counts CPU time for programs in hundredths of a second. */
const nanosecondsPerTick = 1e7;

/** Milliseconds between two samples. */
const interval = 1000;

/**
 * The use of the container's process group, from `/proc`. Network figures are absent, as processes share the machine's
 * network. `find` answers `undefined` for a container that does not run.
 */
export function processStats(find: (id: string) => Running | undefined, clock: Clock): Stats {
  function sample(id: string): ContainerStats | undefined {
    const running = find(id);
    const pids = running && processesByLeader(new Set([running.pid])).get(running.pid);
    if (!pids) return undefined;
    const { memory, userTicks, kernelTicks, read, written, threads } = usageOf(pids);
    return {
      readAt: clock.now(),
      cpu: {
        total: (userTicks + kernelTicks) * nanosecondsPerTick,
        ...{ user: userTicks * nanosecondsPerTick, kernel: kernelTicks * nanosecondsPerTick },
        ...{ machine: machineTicks() * nanosecondsPerTick, onlineCpus: availableParallelism() },
      },
      memory: { usage: memory, limit: running.memory ?? totalmem(), details: {} },
      blockIo: [
        { operation: "read", bytes: read },
        { operation: "write", bytes: written },
      ],
      pids: threads,
    };
  }

  return {
    read: async (id) => sample(id),
    async *follow(id, { signal } = {}) {
      for (let found = sample(id); found && !signal?.aborted; found = sample(id)) {
        yield found;
        await delay(interval, undefined, defined({ signal })).catch(() => {});
      }
    },
  };
}

/** CPU time of the whole machine in user and kernel mode and idle, as Docker counts it. See proc_stat(5). */
function machineTicks(): number {
  const [first = ""] = readFileSync("/proc/stat", "utf8").split("\n", 1);
  const fields = first.trim().split(/\s+/).slice(1, 8).map(Number);
  return fields.reduce((sum, ticks) => sum + ticks, 0);
}
