import type { Task } from "../tasks/task.ts";

/** Milliseconds that a task must have run for its end not to count as a failure to start. */
const steadyAfter = 60_000;

/** Milliseconds of the first and the longest wait. */
const firstDelay = 1_000;
const longestDelay = 300_000;

/** How a deployment's newest tasks have fared. */
export interface Failures {
  /** Tasks in a row that ended soon after they began, or never began. */
  readonly consecutive: number;
  /** When the next task may be started, in milliseconds since 1970. */
  readonly nextStartAt: number;
}

/**
 * Waits grow from one second to five minutes while tasks keep failing. A task that somebody stopped is no failure; one that
 * has run for a minute ends the row.
 */
export function failuresOf(tasks: readonly Task[], now: number): Failures {
  const steady = Math.max(0, ...tasks.map((task) => steadySince(task, now)));
  const failed = tasks.filter((task) => isFailure(task) && task.createdAt >= steady);
  const newest = Math.max(0, ...failed.map(({ stoppingAt = 0 }) => stoppingAt));
  const delay = Math.min(longestDelay, firstDelay * 2 ** Math.min(failed.length - 1, 20));
  return { consecutive: failed.length, nextStartAt: failed.length === 0 ? 0 : newest + delay };
}

/** Whether it ended by itself, too soon. */
export function isFailure({ stopCode, desiredStatus, startedAt, stoppingAt = 0 }: Task): boolean {
  if (desiredStatus !== "STOPPED") return false;
  if (stopCode !== "TaskFailedToStart" && stopCode !== "EssentialContainerExited") return false;
  return startedAt === undefined || stoppingAt - startedAt < steadyAfter;
}

/** When the task had run long enough; 0 if it has not. */
function steadySince({ startedAt, stoppingAt }: Task, now: number): number {
  if (startedAt === undefined) return 0;
  return (stoppingAt ?? now) - startedAt >= steadyAfter ? startedAt + steadyAfter : 0;
}
