import { type Worker, worker } from "../concurrency/worker.ts";
import { type Ecs, reconcileServices } from "../services/ecs/index.ts";

/** Milliseconds between looks that nobody asked for: waits after failures end in them. */
export const servicesInterval = 1_000;

/** Keeps every service as it is wanted. */
export function servicesLoop(context: Ecs): Worker {
  const loop = worker(() => reconcileServices(context), context.onError);
  const stops = [context.events.on("services", loop.wake), context.timers.every(servicesInterval, loop.wake)];
  loop.wake();
  return {
    ...loop,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await loop[Symbol.asyncDispose]();
    },
  };
}
