import { type Worker, worker } from "../concurrency/worker.ts";
import type { Ecs } from "../services/ecs/index.ts";

/** Milliseconds between looks, and for which a stopped task is remembered: AWS promises at least an hour. */
export const expiryInterval = 60_000;
export const stoppedTasksKept = 60 * 60_000;

/** Forgets tasks that stopped more than an hour ago. */
export function expiryLoop({ store, clock, timers, onError }: Ecs): Worker {
  const loop = worker(() => store.tasks.deleteStopped(clock.now().getTime() - stoppedTasksKept), onError);
  const stop = timers.every(expiryInterval, loop.wake);
  return {
    ...loop,
    async [Symbol.asyncDispose]() {
      stop();
      await loop[Symbol.asyncDispose]();
    },
  };
}
