import type { ContainerHealth, Task } from "./task.ts";

/** What an agent tells of the health of a task's containers. */
export interface HealthReport {
  readonly taskArn: string;
  readonly containers: readonly (ContainerHealth & { readonly name: string })[];
}

/**
 * A task is as healthy as its essential containers that have a health check.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html#task-health-determination
 */
export function taskHealth({ containers }: Pick<Task, "containers">): ContainerHealth["status"] {
  const checked = containers.flatMap(({ essential, health }) => (essential && health ? health.status : []));
  if (checked.includes("UNHEALTHY")) return "UNHEALTHY";
  return checked.length > 0 && checked.every((status) => status === "HEALTHY") ? "HEALTHY" : "UNKNOWN";
}

/** The task after a report; the same object if the report brings nothing new. */
export function withHealth(task: Task, { containers: told }: Pick<HealthReport, "containers">): Task {
  if (task.lastStatus === "STOPPED") return task;
  let isChanged = false;
  const containers = task.containers.map((container) => {
    const report = told.find(({ name }) => name === container.name);
    // AWS's agent tells anew since when, as long as the first check is under way.
    if (!report || report.status === container.health?.status) return container;
    isChanged = true;
    const { status, since } = report;
    return { ...container, health: { status, since } };
  });
  return isChanged ? { ...task, containers, version: task.version + 1 } : task;
}
