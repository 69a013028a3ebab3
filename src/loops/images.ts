import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. */
const imagesInterval = 60_000;

/** Deletes images that lifecycle policies expire. Without a lease: it is for the server that keeps the images. */
export function imagesLoop(applyLifecyclePolicies: () => Promise<void>, context: LoopContext): Worker {
  return loop(context, { interval: imagesInterval }, applyLifecyclePolicies);
}
