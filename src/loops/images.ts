import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. */
const imagesInterval = 60_000;

/** Deletes images that lifecycle policies expire, and uploads that were not completed. Without a lease: it is for the server that keeps the images. */
export function imagesLoop(tendImages: () => Promise<void>, context: LoopContext): Worker {
  return loop(context, { interval: imagesInterval }, tendImages);
}
