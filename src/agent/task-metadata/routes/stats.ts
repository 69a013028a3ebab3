import type { AgentTask } from "../../engine/task.ts";
import type { Metadata } from "../metadata.ts";
import type { StatsDocument } from "../shape/stats.ts";
import { namespaceId } from "../shape/task.ts";

/** The statistics of one container. */
export function containerStats({ stats }: Metadata, task: AgentTask, id: string): Promise<StatsDocument | undefined> {
  return stats.read(id, namespaceId(task.resources));
}

/** Those of all created containers, by the runtime's id; `none` for one that has none. */
export async function taskStats(metadata: Metadata, task: AgentTask, none: unknown): Promise<Record<string, unknown>> {
  const ids = task.containers.flatMap(({ attempt }) => attempt.runtimeId ?? []);
  const read = await Promise.all(
    ids.map(async (id) => [id, (await containerStats(metadata, task, id).catch(() => undefined)) ?? none] as const),
  );
  return Object.fromEntries(read);
}
