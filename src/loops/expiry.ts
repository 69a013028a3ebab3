import type { Worker } from "../concurrency/worker.ts";
import { deleteUnusedDefinitions, type Ecs } from "../services/ecs/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds, and for which a stopped task is remembered: AWS promises at least an hour. */
export const expiryInterval = 60_000;
export const stoppedTasksKept = 60 * 60_000;

/**
 * Forgets tasks that stopped more than an hour ago and sessions of ExecuteCommand that are over, and deletes task definitions
 * that wait for their last task to stop.
 */
export function expiryLoop(ecs: Ecs, context: LoopContext): Worker {
  return loop(context, { lease: "expiry", interval: expiryInterval }, async () => {
    const now = ecs.clock.now().getTime();
    await ecs.store.exec.deleteExpired(now);
    await ecs.store.tasks.deleteStopped(now - stoppedTasksKept);
    await deleteUnusedDefinitions(ecs);
  });
}
