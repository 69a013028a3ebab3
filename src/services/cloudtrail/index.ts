import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { SealedColumn } from "../../storage/sealed-column.ts";
import { linkPurpose } from "./chain.ts";
import type { EventStore } from "./events.ts";
import { pendingPurpose } from "./pending-event.ts";

export { assumptionEvent } from "./assumption-event.ts";
export { auditCalls } from "./audit.ts";
export type { EventDocument, ServiceEvent } from "./event.ts";
export { type EventStore, type Events, eventStore } from "./events.ts";
export { type ExplainedCall, explainedCalls, type Subject } from "./explained-calls.ts";
export { type LastCall, lastCalls } from "./last-accessed.ts";
export { defaultAge, type Retention } from "./retention.ts";
export { streamReader } from "./stream-reader.ts";
export { type Finding, verifyEvents } from "./verify-events.ts";

const sealedLinks = (["head", "cut"] as const).map((column) => ({
  table: "cloudtrail_streams" as const,
  column,
  key: ["stream"],
  purpose: ({ stream }: Readonly<Record<string, unknown>>) => linkPurpose(stream, column),
}));

export const sealedColumns: readonly SealedColumn[] = [
  ...sealedLinks,
  {
    table: "cloudtrail_pending",
    column: "event",
    key: ["event_id"],
    purpose: ({ event_id }) => pendingPurpose(event_id),
  },
];

/** What CloudTrail's operations work with. */
export interface CloudTrail {
  readonly events: EventStore;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ */
export function cloudTrailService(context: CloudTrail): Service {
  return service(
    {
      signingName: "cloudtrail",
      targetPrefix: "CloudTrail_20131101",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
