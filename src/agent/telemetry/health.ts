import type { TaskHealth } from "../../acs/telemetry.ts";
import type { AgentTask } from "../engine/task.ts";

/** The health of a running task's containers; `undefined` where none has a health check. */
export function healthOf({ arn, payload, containers }: AgentTask): TaskHealth | undefined {
  const checked = containers.flatMap(({ name, attempt: { status, health } }) =>
    health && status === "running"
      ? [{ containerName: name, healthStatus: health.status, statusSince: health.since / 1000 }]
      : [],
  );
  if (checked.length === 0) return undefined;
  const { family: taskDefinitionFamily, version: taskDefinitionVersion } = payload;
  return { taskArn: arn, taskDefinitionFamily, taskDefinitionVersion, containers: checked };
}

/** A container's health has changed since `before`, the task as it was known. */
export function isNewHealth(before: AgentTask | undefined, task: AgentTask): boolean {
  return task.containers.some(({ attempt: { status, health } }, index) => {
    return status === "running" && health !== undefined && health !== before?.containers[index]?.attempt.health;
  });
}
