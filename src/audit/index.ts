import type { Tables } from "../storage/schema/index.ts";
import type { SealedColumn } from "../storage/sealed-column.ts";
import { linkPurpose } from "./chain/chain.ts";
import { pendingPurpose } from "./chain/pending.ts";

export { auditCalls } from "./audit-calls.ts";
export { streamReader } from "./chain/reader.ts";
export type { Retention } from "./chain/retention.ts";
export { type Finding, verifyEvents } from "./chain/verify.ts";
export { assumptionEvent } from "./event/assumption-event.ts";
export { type ConsoleLogin, consoleLoginEvent } from "./event/console-login-event.ts";
export { type EventDecision, type EventDocument, readEvent, type StoredEvent } from "./event/event.ts";
export type { ServiceEvent } from "./event/service-event.ts";
export { type EventStore, type Events, eventStore } from "./event-store.ts";
export { type ExplainedCall, explainedCalls, type Subject } from "./search/explained-calls.ts";
export type { Search } from "./search/find-events.ts";
export { type LastCall, lastCalls } from "./search/last-calls.ts";

/** The tables that hold the audit trail: a reset empties them. */
export const tables = [
  "cloudtrail_batches",
  "cloudtrail_terms",
  "cloudtrail_streams",
  "cloudtrail_pending",
] as const satisfies readonly (keyof Tables)[];

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
