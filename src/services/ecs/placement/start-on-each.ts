import type { Instance } from "../instances/instance.ts";
import type { Records } from "../store.ts";
import type { Task } from "../tasks/task.ts";
import type { PlacementFailure } from "./placement.ts";
import { type Making, type PlacementRequest, startTasks } from "./start-tasks.ts";

/** As `startTasks`, with one task on each of the instances whose ARNs are given. */
export async function startOnEach(
  records: Records,
  request: PlacementRequest,
  options: { readonly on: readonly string[]; readonly instances: readonly Instance[]; readonly making: Making },
): Promise<{ readonly tasks: readonly Task[]; readonly failures: readonly PlacementFailure[] }> {
  const tasks: Task[] = [];
  const failures: PlacementFailure[] = [];
  for (const instance of options.instances.filter(({ arn }) => options.on.includes(arn))) {
    const started = await startTasks(records, request, [instance], 1, options.making);
    tasks.push(...started.tasks);
    failures.push(...started.failures);
  }
  return { tasks, failures };
}
