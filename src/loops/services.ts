import type { Worker } from "../concurrency/worker.ts";
import { type Ecs, reconcileServices } from "../services/ecs/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds: waits after failures end in them. */
export const servicesInterval = 1_000;

/** Keeps every service as it is wanted. */
export function servicesLoop(ecs: Ecs, context: LoopContext): Worker {
  const options = { lease: "services", interval: servicesInterval, topics: ["services"] } as const;
  const rounds = loop(context, options, () => reconcileServices(ecs));
  rounds.wake();
  return rounds;
}
