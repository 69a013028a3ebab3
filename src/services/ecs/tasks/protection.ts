import type { ProtectedTask } from "@aws-sdk/client-ecs";
import type { Task } from "./task.ts";

/** Minutes: unless a request gives some, and at most. */
export const usualProtection = 120;
export const longestProtection = 2880;

/** The task, which the service scheduler does not stop until then; `undefined` ends its protection. */
export function protect(task: Task, until: number | undefined): Task {
  if (task.desiredStatus === "STOPPED") return task;
  const { protectedUntil: _, ...bare } = task;
  return until === undefined ? bare : { ...bare, protectedUntil: until };
}

/**
 * Why a task can have no protection: it is of no service, or it is to stop; `undefined` if it can.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
export function protectionFailure(
  task: Pick<Task, "serviceArn" | "desiredStatus"> | undefined,
): { readonly reason: string; readonly detail?: string } | undefined {
  if (!task) return { reason: "MISSING" };
  if (task.serviceArn === undefined) {
    return { reason: "TASK_NOT_VALID", detail: "The specified task is not a service task." };
  }
  if (task.desiredStatus === "STOPPED") {
    return { reason: "TASK_NOT_VALID", detail: "The specified task is stopping or has stopped." };
  }
  return undefined;
}

/** A task's protection as the API shows it. */
export function protectionShape({ arn, protectedUntil = 0 }: Task, now: number): ProtectedTask {
  if (protectedUntil <= now) return { taskArn: arn, protectionEnabled: false };
  return { taskArn: arn, protectionEnabled: true, expirationDate: new Date(protectedUntil) };
}
