import type { TaskStats } from "../services/ecs/index.ts";
import { table } from "./table.ts";

type Containers = NonNullable<TaskStats["tasks"][number]["containers"]>;

/** What a task uses, as `sealift stats --json` prints it. CPU in units of 1,024 a vCPU, memory in MiB. */
export interface StatsLine {
  readonly taskArn: string;
  /** `family:revision`. */
  readonly definition: string;
  readonly status: string;
  readonly health: string;
  /** The task's own, where its definition has them. */
  readonly cpuLimit?: number;
  readonly memoryLimit?: number;
  /** Absent, as `containers`, where no agent told of late. */
  readonly at?: string;
  readonly containers?: Containers;
}

const titles = ["TASK", "DEFINITION", "HEALTH", "CPU UNITS", "MEMORY MIB", "NET RX/TX B/S", "AGE"];

/** A line for each task, and one for each of its containers where there are several. */
export function statsTable(lines: readonly StatsLine[], now: number): string {
  const rows = lines.flatMap((line) => {
    const { containers = [] } = line;
    const id = line.taskArn.slice(line.taskArn.lastIndexOf("/") + 1);
    const age = line.at === undefined ? "-" : `${Math.max(0, Math.round((now - Date.parse(line.at)) / 1000))}s`;
    const health = line.status === "RUNNING" ? line.health : line.status;
    const task = [
      ...[id, line.definition, health],
      ...[withLimit(sum(containers, "cpu"), line.cpuLimit), withLimit(sum(containers, "memory"), line.memoryLimit)],
      ...[network(containers), age],
    ];
    if (containers.length < 2) return [task];
    return [
      task,
      ...containers.map((container) => [
        ...[`  ${container.name}`, "", ""],
        ...[withLimit(container.cpu), withLimit(container.memory), network([container]), ""],
      ]),
    ];
  });
  return table([titles, ...rows]);
}

function sum(containers: Containers, figure: "cpu" | "memory"): number | undefined {
  const known = containers.flatMap((container) => container[figure] ?? []);
  return known.length === 0 ? undefined : known.reduce((all, one) => all + one, 0);
}

function withLimit(value: number | undefined, limit?: number): string {
  if (value === undefined) return limit === undefined ? "-" : `- / ${limit}`;
  return limit === undefined ? value.toFixed(1) : `${value.toFixed(1)} / ${limit}`;
}

function network(containers: Containers): string {
  const known = containers.flatMap((container) => container.network ?? []);
  const total = (figure: "rxBytesPerSecond" | "txBytesPerSecond") =>
    Math.round(known.reduce((all, one) => all + one[figure], 0));
  return known.length === 0 ? "-" : `${total("rxBytesPerSecond")} / ${total("txBytesPerSecond")}`;
}
