import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds: a crash loses the uses since the last one. */
const usesInterval = 60_000;

/** Writes when keys and roles were last used. Every replica writes what it has in its own memory. */
export function usesLoop(writeUses: () => Promise<void>, context: LoopContext): Worker {
  return loop(context, { interval: usesInterval }, writeUses);
}
