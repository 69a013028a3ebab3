import type { HealthStatus } from "@aws-sdk/client-ecs";
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
> & {
  /** Absent where no essential container has a health check. */
  readonly health?: HealthStatus;
};

/** It does what it is for: it runs and, where it is checked, is healthy. */
export function isServing({ lastStatus, health = "HEALTHY" }: Pick<ScheduledTask, "lastStatus" | "health">): boolean {
  return lastStatus === "RUNNING" && health === "HEALTHY";
}

/**
 * Milliseconds that a task must have run for its end not to count as a failure to start, and codes of those that ended by
 * themselves.
 */
export const steadyAfter = 60_000;
export const failureCodes = ["TaskFailedToStart", "EssentialContainerExited"] as const;
