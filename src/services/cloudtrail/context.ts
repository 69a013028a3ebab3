import type { EventStore } from "../../audit/index.ts";

/** What CloudTrail's operations work with. */
export interface CloudTrail {
  readonly events: EventStore;
}
