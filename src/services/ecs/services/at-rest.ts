import type { TaskCount } from "../tasks/state-records.ts";
import type { ServiceRecord } from "./service.ts";

/**
 * Whether there is nothing to decide for a service of which no instance drains: all its tasks are of its one deployment, are
 * to run, run, and are as many as are wanted. Told by counts, as this is asked every second of every service.
 */
export function isAtRest(service: ServiceRecord, live: readonly TaskCount[]): boolean {
  const [primary, ...older] = service.deployments;
  if (service.status !== "ACTIVE" || !service.steady || older.length > 0) return false;
  if (primary.rolloutState !== "COMPLETED") return false;
  const running = live.filter(
    ({ startedBy, desiredStatus, lastStatus }) =>
      startedBy === primary.id && desiredStatus === "RUNNING" && lastStatus === "RUNNING",
  );
  if (running.length < live.length) return false;
  return running.reduce((sum, { count }) => sum + count, 0) === service.desiredCount;
}
