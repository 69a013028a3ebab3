import type { Timers } from "../../concurrency/timers.ts";
import { timedOut } from "../../runtime/timed-out.ts";

/** As `work`, unless that takes too long: then rejects with `DockerTimeoutError`. The work may be done later nonetheless. */
export function within<T>(
  timers: Timers,
  transition: string,
  milliseconds: number,
  work: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(milliseconds, () => reject(timedOut(transition, milliseconds)));
    work().then(resolve, reject).finally(cancel);
  });
}
