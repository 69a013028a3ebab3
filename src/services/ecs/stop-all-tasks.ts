import type { Ecs } from "./context.ts";
import { requestStop } from "./task-state.ts";

/** Ends every service and stops every task, of all accounts; resolves when that is stored, not when they have stopped. */
export async function stopAllTasks({ store, events, clock }: Pick<Ecs, "store" | "events" | "clock">): Promise<void> {
  const at = clock.now().getTime();
  const instances = await store.transaction(async (records) => {
    for (const service of await records.services.scheduled()) {
      await records.services.put({ ...service, status: "DRAINING", desiredCount: 0 });
    }
    const live = await records.tasks.allLive();
    for (const task of live) {
      const next = requestStop(task, { at, code: "UserInitiated", reason: "Task stopped by user" });
      if (next !== task) await records.tasks.update(next);
    }
    return new Set(live.map(({ instanceArn }) => instanceArn));
  });
  for (const arn of instances) events.wake(`instance:${arn}`);
  events.wake("services");
}
