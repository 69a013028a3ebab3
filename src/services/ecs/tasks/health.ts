import type { HealthStatus } from "@aws-sdk/client-ecs";
import type { Task, TaskContainer } from "./task.ts";

/** What an agent says of a container's health check. */
export interface HealthObservation {
  readonly containerName: string;
  readonly status: HealthStatus;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/**
 * The health of a task's essential containers that have a check; `undefined` where none has one. UNHEALTHY counts most, then
 * UNKNOWN. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export function taskHealth({ containers }: Pick<Task, "containers">): HealthStatus | undefined {
  const found = containers.flatMap(({ essential, health }) => (essential && health ? health.status : []));
  return (["UNHEALTHY", "UNKNOWN", "HEALTHY"] as const).find((status) => found.includes(status));
}

/** The task after an agent's word on its health; the same object where that brings nothing new. Pure. */
export function advanceHealth(task: Task, observed: readonly HealthObservation[]): Task {
  if (task.lastStatus === "STOPPED") return task;
  const containers = task.containers.map((container) => healthier(container, observed));
  if (containers.every((container, index) => container === task.containers[index])) return task;
  return { ...task, containers, version: task.version + 1 };
}

function healthier(container: TaskContainer, observed: readonly HealthObservation[]): TaskContainer {
  const news = observed.find(({ containerName }) => containerName === container.name);
  const { health } = container;
  // AWS does not count a check that the image alone has.
  if (!news || !health || news.status === health.status || news.since < (health.since ?? 0)) return container;
  return { ...container, health: { status: news.status, since: news.since } };
}
