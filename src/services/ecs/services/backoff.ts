import { failureCodes, type ScheduledTask, steadyAfter } from "../tasks/scheduled-task.ts";

/** Milliseconds of the first and the longest wait. */
const firstDelay = 1_000;
const longestDelay = 300_000;

/** The failures of a deployment's newest tasks. */
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
export function failuresOf(tasks: readonly ScheduledTask[], now: number): Failures {
  let steady = 0;
  for (const task of tasks) steady = Math.max(steady, steadySince(task, now));
  let consecutive = 0;
  let newest = 0;
  for (const task of tasks) {
    if (!isFailure(task) || task.createdAt < steady) continue;
    consecutive++;
    newest = Math.max(newest, task.stoppingAt ?? 0);
  }
  const delay = Math.min(longestDelay, firstDelay * 2 ** Math.min(consecutive - 1, 20));
  return { consecutive, nextStartAt: consecutive === 0 ? 0 : newest + delay };
}

/** True if the task ended by itself, too soon. */
export function isFailure({ stopCode, desiredStatus, startedAt, stoppingAt = 0 }: ScheduledTask): boolean {
  if (desiredStatus !== "STOPPED") return false;
  if (!failureCodes.some((code) => code === stopCode)) return false;
  return startedAt === undefined || stoppingAt - startedAt < steadyAfter;
}

/** When the task had run long enough; 0 if it has not. */
function steadySince({ startedAt, stoppingAt }: ScheduledTask, now: number): number {
  if (startedAt === undefined) return 0;
  return (stoppingAt ?? now) - startedAt >= steadyAfter ? startedAt + steadyAfter : 0;
}
