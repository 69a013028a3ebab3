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
 * Waits grow from one second to five minutes while one try after the other fails. A task that somebody stopped is no failure; one
 * that has run for a minute, and is healthy, ends the row.
 */
export function failuresOf(tasks: readonly ScheduledTask[], now: number): Failures {
  let steady = 0;
  for (const task of tasks) steady = Math.max(steady, steadySince(task, now));
  const failed = tasks.filter((task) => isFailure(task) && task.createdAt >= steady);
  const newest = Math.max(0, ...failed.map(endOf));
  const delay = Math.min(longestDelay, firstDelay * 2 ** Math.min(triesOf(failed) - 1, 20));
  return { consecutive: failed.length, nextStartAt: failed.length === 0 ? 0 : newest + delay };
}

/** Tasks that were all begun before one of them ended are one try: a machine that takes ten with it does not fail ten times. */
function triesOf(failed: readonly ScheduledTask[]): number {
  let tries = 0;
  let end = 0;
  for (const task of failed.toSorted((a, b) => a.createdAt - b.createdAt)) {
    const isNext = task.createdAt >= end;
    if (isNext) tries++;
    end = isNext ? endOf(task) : Math.min(end, endOf(task));
  }
  return tries;
}

function endOf({ stoppingAt = 0 }: ScheduledTask): number {
  return stoppingAt;
}

/** True if the task ended by itself, too soon, or was stopped because it was unhealthy. */
export function isFailure({ stopCode, desiredStatus, startedAt, stoppingAt = 0, health }: ScheduledTask): boolean {
  if (desiredStatus !== "STOPPED") return false;
  if (health === "UNHEALTHY" && stopCode === "ServiceSchedulerInitiated") return true;
  if (!failureCodes.some((code) => code === stopCode)) return false;
  return startedAt === undefined || stoppingAt - startedAt < steadyAfter;
}

/** When the task had run long enough; 0 if it has not, or is not healthy. */
function steadySince({ startedAt, stoppingAt, health = "HEALTHY" }: ScheduledTask, now: number): number {
  if (startedAt === undefined || health !== "HEALTHY") return 0;
  return (stoppingAt ?? now) - startedAt >= steadyAfter ? startedAt + steadyAfter : 0;
}
