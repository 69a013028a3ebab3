import { type Clock, systemClock } from "./clock.ts";
import { systemTimers, type Timers } from "./concurrency/timers.ts";
import { type Ids, randomIds } from "./ids.ts";
import type { Log } from "./log.ts";

/** The world around the program: all that it gets from outside but its configuration and its requests. */
export interface Surroundings {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
  /** Logs an error of work that nobody waits for. */
  onError(error: unknown): void;
}

export function systemSurroundings(log: Log): Surroundings {
  return {
    clock: systemClock,
    timers: systemTimers,
    ids: randomIds,
    log,
    onError: (error) => log.error({ err: error }, "Work in the background failed; it will be tried again"),
  };
}
