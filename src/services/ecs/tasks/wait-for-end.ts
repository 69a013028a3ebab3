import type { Ecs } from "../context.ts";
import type { Task } from "./task.ts";

/** Milliseconds between looks at a task, because a wake may be lost; and the longest time that a task may run. */
export const lookInterval = 5_000;
export const longestRun = 15 * 60_000;

/** Resolves to the task once it has stopped; to `undefined` where it is not there, or did not stop in time. */
export async function waitForEnd(
  { store, wakes, timers }: Pick<Ecs, "store" | "wakes" | "timers">,
  arn: string,
): Promise<Task | undefined> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<Task | undefined>();
  function look(): void {
    store.tasks.find(arn).then((task) => {
      if (!task || task.lastStatus === "STOPPED") resolve(task);
    }, reject);
  }
  const stops = [
    wakes.on(`task:${arn}`, look),
    timers.every(lookInterval, look),
    timers.after(longestRun, () => resolve(undefined)),
  ];
  look();
  try {
    return await ended;
  } finally {
    for (const stop of stops) stop();
  }
}
