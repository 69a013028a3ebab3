import type { StatsSet, TaskMetric } from "../../../acs/telemetry.ts";
import type { Clock } from "../../../clock.ts";
import { defined } from "../../../defined.ts";

/** What a container used in the latest interval, on average. A figure that its agent does not know is absent. */
export interface ContainerFigures {
  readonly name: string;
  /** CPU units: 1,024 a vCPU. */
  readonly cpu?: number;
  /** MiB. */
  readonly memory?: number;
  readonly network?: { readonly rxBytesPerSecond: number; readonly txBytesPerSecond: number };
}

export interface TaskFigures {
  /** Milliseconds since 1970: when they came. */
  readonly at: number;
  readonly containers: readonly ContainerFigures[];
}

/** Milliseconds for which figures are kept. Agents tell them every 20 seconds. */
const kept = 120_000;

/** The latest figures of each task, in memory. They are those of agents whose telemetry comes to this replica. */
export interface Figures {
  put(taskArn: string, figures: TaskFigures): void;
  /** `undefined` where nothing was told of late. */
  get(taskArn: string): TaskFigures | undefined;
}

export function latestFigures(clock: Clock): Figures {
  const figures = new Map<string, TaskFigures>();
  return {
    put(taskArn, told) {
      // The oldest stand first.
      figures.delete(taskArn);
      figures.set(taskArn, told);
      for (const [arn, { at }] of figures) {
        if (told.at - at <= kept) break;
        figures.delete(arn);
      }
    },
    get(taskArn) {
      const found = figures.get(taskArn);
      return found && clock.now().getTime() - found.at <= kept ? found : undefined;
    },
  };
}

/** The figures of a task in a message; `undefined` where it has none. `cpu`: the machine's CPU units. */
export function figuresIn({ containerMetrics = [] }: TaskMetric, cpu: number): TaskFigures["containers"] | undefined {
  if (containerMetrics.length === 0) return undefined;
  return containerMetrics.map(({ containerName, cpuStatsSet, memoryStatsSet, networkStatsSet }) => {
    const percent = average(cpuStatsSet);
    const [rxBytesPerSecond, txBytesPerSecond] = [
      average(networkStatsSet?.rxBytesPerSecond),
      average(networkStatsSet?.txBytesPerSecond),
    ];
    return {
      name: containerName,
      ...defined({
        cpu: percent === undefined ? undefined : (percent / 100) * cpu,
        memory: average(memoryStatsSet),
        network:
          rxBytesPerSecond === undefined || txBytesPerSecond === undefined
            ? undefined
            : { rxBytesPerSecond, txBytesPerSecond },
      }),
    };
  });
}

function average(set: StatsSet | null | undefined): number | undefined {
  return set && set.sampleCount > 0 ? set.sum / set.sampleCount : undefined;
}
