import type { Task } from "./task.ts";

/** A task as the service scheduler sees it: its columns, without the sealed document. */
export type ScheduledTask = Pick<
  Task,
  | "arn"
  | "startedBy"
  | "instanceArn"
  | "desiredStatus"
  | "lastStatus"
  | "createdAt"
  | "startedAt"
  | "stoppingAt"
  | "stopCode"
  | "capacityProviderName"
  | "protectedUntil"
>;

/**
 * Milliseconds that a task must have run for its end not to count as a failure to start, and codes of those that ended by
 * themselves.
 */
export const steadyAfter = 60_000;
export const failureCodes = ["TaskFailedToStart", "EssentialContainerExited"] as const;
