import type { Ecs } from "../context.ts";
import { changeTask } from "./change-task.ts";
import { advanceHealth, type HealthObservation } from "./health.ts";
import type { Task } from "./task.ts";

/**
 * Takes an agent's word on the health of a task's containers, however it came. Nothing happens where the instance does not
 * run the task.
 */
export async function takeHealth(
  context: Pick<Ecs, "store" | "wakes">,
  instanceArn: string,
  taskArn: string,
  observed: readonly HealthObservation[],
): Promise<void> {
  const advance = (task: Task) => (task.instanceArn === instanceArn ? advanceHealth(task, observed) : task);
  // Agents repeat themselves, and most of it should not write.
  const known = await context.store.tasks.find(taskArn);
  if (known && advance(known) !== known) await changeTask(context, taskArn, advance);
}
