import type { Worker } from "../concurrency/worker.ts";
import { type Ecs, reconcileService } from "../services/ecs/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds: waits after failures end in them. */
export const servicesInterval = 1_000;

/** Keeps every service as it is wanted. A service that fails does not keep the others from it. */
export function servicesLoop(ecs: Ecs, context: LoopContext): Worker {
  const options = { lease: "services", interval: servicesInterval, topics: ["services"] } as const;
  const rounds = loop(context, options, async () => {
    const touched = new Set<string>();
    for (const { arn } of await ecs.store.services.scheduled()) {
      try {
        for (const instance of await reconcileService(ecs, arn)) touched.add(instance);
      } catch (error) {
        context.onError(error);
      }
    }
    for (const arn of touched) context.wakes.wake(`instance:${arn}`);
  });
  rounds.wake();
  return rounds;
}
