import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. */
const settleInterval = 1_000;

/**
 * Chains the events that services recorded in their own transactions. Every replica chains those of its own services to its
 * own stream, and looks only when it has recorded one: there is nothing to take turns about.
 */
export function auditLoop(settle: () => Promise<void>, context: LoopContext): Worker {
  return loop(context, { interval: settleInterval }, settle);
}
