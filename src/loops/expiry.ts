import type { Worker } from "../concurrency/worker.ts";
import type { Ecs } from "../services/ecs/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds, and for which a stopped task is remembered: AWS promises at least an hour. */
export const expiryInterval = 60_000;
export const stoppedTasksKept = 60 * 60_000;

/** Forgets tasks that stopped more than an hour ago, and sessions of ExecuteCommand that are over. */
export function expiryLoop({ store, clock }: Ecs, context: LoopContext): Worker {
  return loop(context, { lease: "expiry", interval: expiryInterval }, async () => {
    const now = clock.now().getTime();
    await store.exec.deleteExpired(now);
    await store.tasks.deleteStopped(now - stoppedTasksKept);
  });
}
