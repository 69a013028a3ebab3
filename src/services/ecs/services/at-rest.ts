import { isServing } from "../tasks/scheduled-task.ts";
import type { TaskCount } from "../tasks/state-records.ts";
import type { ServiceRecord } from "./service.ts";

/**
 * True if there is nothing to decide for a service, in a cluster without draining instances: all its tasks belong to its one
 * deployment, they are to run, run and are healthy, and their number is right. Needs counts only, as each service is checked every
 * second.
 */
export function isAtRest(service: ServiceRecord, live: readonly TaskCount[]): boolean {
  const [primary, ...older] = service.deployments;
  if (service.status !== "ACTIVE" || !service.steady || older.length > 0) return false;
  if (primary.rolloutState !== "COMPLETED") return false;
  const running = live.filter(
    (task) => task.startedBy === primary.id && task.desiredStatus === "RUNNING" && isServing(task),
  );
  if (running.length < live.length) return false;
  return running.reduce((sum, { count }) => sum + count, 0) === service.desiredCount;
}
