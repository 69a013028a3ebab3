import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. */
const subscriptionsInterval = 1_000;

/** Delivers log events to those who subscribed to them. */
export function subscriptionsLoop(deliverLogs: () => Promise<void>, context: LoopContext): Worker {
  return loop(context, { lease: "subscriptions", interval: subscriptionsInterval }, deliverLogs);
}
