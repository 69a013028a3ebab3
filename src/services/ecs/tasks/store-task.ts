import { release } from "../placement/reserved.ts";
import type { Records } from "../store.ts";
import type { Task } from "./task.ts";

/** A task as it was read in this transaction, and as it is to be stored. */
export interface TaskChange {
  readonly before: Task;
  readonly after: Task;
}

/**
 * Stores changes of tasks in the caller's transaction. The one that stops a task also gives back what the task reserved on
 * its instance; a stopped task never changes again, so that this happens once.
 */
export async function storeTasks(records: Records, changes: readonly TaskChange[]): Promise<void> {
  const stopped = new Map<string, Task[]>();
  for (const { before, after } of changes) {
    if (after === before) continue;
    await records.tasks.update(after);
    if (before.lastStatus === "STOPPED" || after.lastStatus !== "STOPPED" || after.instanceArn === undefined) continue;
    stopped.set(after.instanceArn, [...(stopped.get(after.instanceArn) ?? []), after]);
    await records.interfaces.remove(after.arn);
  }
  for (const [instanceArn, tasks] of stopped) {
    const reserved = await records.instances.reservedOf(instanceArn);
    if (reserved) await records.instances.setReserved(instanceArn, tasks.reduce(release, reserved));
  }
}
