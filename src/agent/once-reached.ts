import type { Clock } from "../clock.ts";
import { pause, systemTimers, type Timers } from "../concurrency/timers.ts";
import type { Log } from "../log.ts";
import { RuntimeUnavailableError } from "../runtime/runtime-error.ts";
import { patiently } from "./engine/patience.ts";
import { isUnreached } from "./link/endpoints.ts";

export interface WaitOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly timers?: Timers;
  /** Ends the wait; the work then fails. */
  readonly signal?: AbortSignal;
}

/** Milliseconds between two tries of what the runtime could not be reached for. */
export const retryDelay = 2_000;

/** Does `work` as soon as the runtime can be reached. */
export function onceReached<T>(options: WaitOptions, work: () => Promise<T>): Promise<T> {
  const { clock, log, timers = systemTimers, signal = new AbortController().signal } = options;
  return patiently({ clock, timers, runtimeWait: Number.POSITIVE_INFINITY, retryDelay }, signal, async (again) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RuntimeUnavailableError && !again) {
        log.warn({ err: error }, "The agent waits for its runtime and tries again every two seconds");
      }
      throw error;
    }
  });
}

/** Does `work` as soon as a control plane answers, whether or not it refuses. */
export async function onceAnswered<T>(options: WaitOptions, work: () => Promise<T>): Promise<T> {
  const { log, timers = systemTimers, signal = new AbortController().signal } = options;
  for (let again = false; ; again = true) {
    try {
      return await work();
    } catch (error) {
      if (!isUnreached(error) || signal.aborted) throw error;
      if (!again) log.warn({ err: error }, "The agent waits for its control plane and tries again every two seconds");
    }
    await pause(timers, retryDelay, signal);
    signal.throwIfAborted();
  }
}

/** Milliseconds in which a control plane that is there has answered a connection. */
const connectionWait = 10_000;

/** Waits for the control plane's first message, but only for a while: an agent that may not connect yet tries again by itself. */
export async function onceHeard(
  { log, timers = systemTimers, signal }: WaitOptions,
  heard: Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const late = pause(timers, connectionWait, AbortSignal.any([over.signal, ...(signal ? [signal] : [])]));
  const isHeard = await Promise.race([heard.then(() => true), late.then(() => false)]);
  over.abort();
  if (!isHeard && !signal?.aborted) {
    log.warn({}, "The control plane has not let this agent connect yet; until it does, no tasks are placed here");
  }
}
