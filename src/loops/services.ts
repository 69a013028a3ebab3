import { type Worker, worker } from "../concurrency/worker.ts";
import { type Ecs, reconcileService } from "../services/ecs/index.ts";

/** Milliseconds between looks that nobody asked for: waits after failures end in them. */
export const servicesInterval = 1_000;

/** Keeps every service as it is wanted. One that fails to be looked after does not keep the others from it. */
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

async function reconcileServices(context: Ecs): Promise<void> {
  const touched = new Set<string>();
  for (const { arn } of await context.store.services.scheduled()) {
    try {
      for (const instance of await reconcileService(context, arn)) touched.add(instance);
    } catch (error) {
      context.onError(error);
    }
  }
  for (const arn of touched) context.events.wake(`instance:${arn}`);
}
