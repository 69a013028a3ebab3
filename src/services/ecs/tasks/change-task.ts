import type { Ecs } from "../context.ts";
import { taskHealth } from "./health.ts";
import { storeTasks } from "./store-task.ts";
import type { Task } from "./task.ts";

/**
 * Applies `change` to a task as it is now, stores the outcome if it differs, and wakes the loops that have to act on it.
 * `undefined` if there is no such task.
 */
export async function changeTask(
  { store, wakes }: Pick<Ecs, "store" | "wakes">,
  arn: string,
  change: (task: Task) => Task,
): Promise<Task | undefined> {
  const outcome = await store.transaction(async (records) => {
    const before = await records.tasks.find(arn);
    if (!before) return undefined;
    const after = change(before);
    await storeTasks(records, [{ before, after }]);
    return { before, after };
  });
  if (!outcome) return undefined;
  const { before, after } = outcome;
  if (before.desiredStatus !== after.desiredStatus && after.instanceArn) wakes.wake(`instance:${after.instanceArn}`);
  if (before.lastStatus !== after.lastStatus && after.lastStatus === "STOPPED") wakes.wake(`task:${arn}`);
  // A stopped task also makes room for those of other services.
  const isMoved = before.lastStatus !== after.lastStatus || before.desiredStatus !== after.desiredStatus;
  if (isMoved || taskHealth(before) !== taskHealth(after)) wakes.wake("services");
  return after;
}
