import type { Worker } from "../concurrency/worker.ts";
import { deleteUnusedDefinitions, type Ecs } from "../services/ecs/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds, and for which a stopped task is remembered: AWS promises at least an hour. */
export const expiryInterval = 60_000;
export const stoppedTasksKept = 60 * 60_000;

/** Forgets tasks that stopped more than an hour ago, and deletes task definitions that wait for their last task to stop. */
export function expiryLoop(ecs: Ecs, context: LoopContext): Worker {
  return loop(context, { lease: "expiry", interval: expiryInterval }, async () => {
    await ecs.store.tasks.deleteStopped(ecs.clock.now().getTime() - stoppedTasksKept);
    await deleteUnusedDefinitions(ecs);
  });
}
