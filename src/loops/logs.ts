import type { Worker } from "../concurrency/worker.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. Events that have expired are out of sight before they are deleted. */
const logsInterval = 60_000;

/** Deletes log events that have expired, and merges small batches of them. `tendLogs` is called again where there is more to do. */
export function logsLoop(tendLogs: () => Promise<boolean>, context: LoopContext): Worker {
  const rounds = loop(context, { lease: "logs", interval: logsInterval }, async () => {
    if (await tendLogs()) rounds.wake();
  });
  return rounds;
}
