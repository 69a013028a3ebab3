import type { HealthStatus } from "./containers.ts";

/**
 * Something happened to a container (or a namespace) of this runtime. `inspect` has the details. After a time in which the
 * engine could not be heard, the runtime compares and reports what it missed, so that no exit and no health status is lost.
 */
export type RuntimeEvent = ExitEvent | HealthEvent | OomEvent;

/** The container has ended. Reported once for each start. */
export interface ExitEvent {
  readonly kind: "exit";
  readonly id: string;
}

/** The health check has another result than before. */
export interface HealthEvent {
  readonly kind: "health";
  readonly id: string;
  readonly status: HealthStatus;
}

/** The kernel killed a process of the container because of its memory limit. The container may go on running. */
export interface OomEvent {
  readonly kind: "oom";
  readonly id: string;
}

export type RuntimeListener = (event: RuntimeEvent) => void;
