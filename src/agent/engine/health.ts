import type { HealthStatus } from "../../runtime/containers.ts";
import type { ContainerHealth, TaskEvent } from "./task.ts";

/** The runtime's word for a container's health in AWS's. */
const statuses: Readonly<Record<HealthStatus, ContainerHealth["status"]>> = {
  starting: "UNKNOWN",
  healthy: "HEALTHY",
  unhealthy: "UNHEALTHY",
};

export function healthEvent(container: string, status: HealthStatus, at: number): TaskEvent {
  return { kind: "health", container, at, status: statuses[status] };
}
