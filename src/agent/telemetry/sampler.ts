import type { TaskMetric } from "../../acs/telemetry.ts";
import { defined } from "../../defined.ts";
import type { ContainerStats, Stats } from "../../runtime/stats.ts";
import type { AgentTask } from "../engine/task.ts";
import { Samples } from "./stats-set.ts";
import { useBetween } from "./use.ts";

export interface SamplerOptions {
  readonly stats: Pick<Stats, "read">;
  tasks(): readonly AgentTask[];
  /** Called where a container cannot be looked at. */
  onFailure(error: unknown): void;
}

/** Containers that are read at the same time. */
const mostAtOnce = 8;

interface Watched {
  latest?: ContainerStats | undefined;
  readonly cpu: Samples;
  readonly memory: Samples;
  readonly received: Samples;
  readonly sent: Samples;
}

/** Looks at what each running container uses. */
export function sampler({ stats, tasks, onFailure }: SamplerOptions) {
  /** By the runtime's id. */
  const watched = new Map<string, Watched>();

  async function read(id: string): Promise<void> {
    try {
      const now = await stats.read(id);
      const container = watched.get(id);
      if (!now || !container) return;
      const { cpuPercent, memory, rxBytesPerSecond, txBytesPerSecond } = useBetween(container.latest, now);
      container.latest = now;
      container.memory.add(memory);
      if (cpuPercent !== undefined) container.cpu.add(cpuPercent);
      if (rxBytesPerSecond !== undefined) container.received.add(rxBytesPerSecond);
      if (txBytesPerSecond !== undefined) container.sent.add(txBytesPerSecond);
    } catch (error) {
      onFailure(error);
    }
  }

  return {
    /** Looks for the first time at those containers of a task that have just started: use is the difference of two looks. */
    async begin(task: AgentTask): Promise<void> {
      for (const { id } of running(task)) {
        if (watched.has(id)) continue;
        watched.set(id, newWatched());
        await read(id);
      }
    },
    async sample(): Promise<void> {
      const ids = tasks().flatMap((task) => running(task).map(({ id }) => id));
      for (const id of watched.keys()) if (!ids.includes(id)) watched.delete(id);
      for (const id of ids) if (!watched.has(id)) watched.set(id, newWatched());
      const left = [...ids];
      async function readOthers(): Promise<void> {
        for (let id = left.pop(); id !== undefined; id = left.pop()) await read(id);
      }
      await Promise.all(Array.from({ length: Math.min(mostAtOnce, ids.length) }, readOthers));
    },
    /** What was seen since it was last asked, of each task of which anything was. */
    take(): readonly TaskMetric[] {
      return tasks().flatMap((task) => {
        const containerMetrics = running(task).flatMap(({ name, id }) => {
          const { cpu, memory, received, sent } = watched.get(id) ?? newWatched();
          const memoryStatsSet = memory.take();
          if (!memoryStatsSet) return [];
          const [rxBytesPerSecond, txBytesPerSecond] = [received.take(), sent.take()];
          return [
            {
              containerName: name,
              memoryStatsSet,
              ...defined({ cpuStatsSet: cpu.take() }),
              ...(rxBytesPerSecond && txBytesPerSecond && { networkStatsSet: { rxBytesPerSecond, txBytesPerSecond } }),
            },
          ];
        });
        if (containerMetrics.length === 0) return [];
        const { arn, payload } = task;
        const { family: taskDefinitionFamily, version: taskDefinitionVersion } = payload;
        return [{ taskArn: arn, taskDefinitionFamily, taskDefinitionVersion, containerMetrics }];
      });
    },
  };
}

function newWatched(): Watched {
  return { cpu: new Samples(), memory: new Samples(), received: new Samples(), sent: new Samples() };
}

function running({ containers }: AgentTask): readonly { readonly name: string; readonly id: string }[] {
  return containers.flatMap(({ name, attempt: { status, runtimeId } }) =>
    status === "running" && runtimeId !== undefined ? [{ name, id: runtimeId }] : [],
  );
}
