import type { Ecs } from "../context.ts";
import type { Task } from "../model.ts";

/**
 * Applies `change` to a task, stores the outcome if it is another, and wakes whoever has to act on it. `undefined` if there
 * is no such task.
 */
export async function changeTask(
  { store, events }: Pick<Ecs, "store" | "events">,
  arn: string,
  change: (task: Task) => Task,
): Promise<Task | undefined> {
  const outcome = await store.transaction(async (records) => {
    const before = await records.tasks.find(arn);
    if (!before) return undefined;
    const after = change(before);
    if (after !== before) await records.tasks.update(after);
    return { before, after };
  });
  if (!outcome) return undefined;
  const { before, after } = outcome;
  if (before.desiredStatus !== after.desiredStatus && after.instanceArn) events.wake(`instance:${after.instanceArn}`);
  // A stopped task also frees what another service waits for.
  if (before.lastStatus !== after.lastStatus || before.desiredStatus !== after.desiredStatus) events.wake("services");
  return after;
}
