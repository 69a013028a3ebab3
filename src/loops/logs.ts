import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. Events that have expired are out of sight before they are deleted. */
const logsInterval = 60_000;

/** Deletes log events that have expired, and merges small batches of them. */
export function logsLoop(tendLogs: () => Promise<void>, context: LoopContext): Worker {
  return loop(context, { lease: "logs", interval: logsInterval }, tendLogs);
}
