import type { EventStore } from "../../audit/index.ts";

/** The audit trail, which CloudTrail's operations read. */
export interface CloudTrail {
  readonly events: Pick<EventStore, "find">;
}
