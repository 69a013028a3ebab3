import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. Whatever is due counts as gone before it is deleted. */
const purgeInterval = 60_000;

/** Deletes for good what is due. */
export function purgeLoop(purge: () => Promise<void>, context: LoopContext): Worker {
  return loop(context, { lease: "purge", interval: purgeInterval }, purge);
}
