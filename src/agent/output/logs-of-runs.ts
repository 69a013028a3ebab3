import { pause, type Timers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import type { Logs } from "../../runtime/logs.ts";

/** Milliseconds between two looks at a container that does not run and has not ended. */
const interval = 250;

/**
 * Follows a container from before its first run over all that its restart policy makes: a runtime follows one run only, and none of
 * a container that has not started. `isOver`: it does not run again.
 */
export function logsOfRuns(logs: Logs, isOver: () => boolean, timers: Timers): Logs {
  return {
    async *read(id, options = {}) {
      const { follow = false, signal = new AbortController().signal } = options;
      let last = "";
      for (;;) {
        // Asked first: what it printed until then is in what is read.
        const isLast = !follow || isOver();
        const before = last;
        const since = before === "" ? options.since : before;
        for await (const line of logs.read(id, { ...options, ...defined({ since }) })) {
          if (line.time <= before) continue; // `since` is inclusive
          yield line;
          last = line.time;
        }
        if (isLast || signal.aborted) return;
        await pause(timers, interval, signal);
      }
    },
  };
}
