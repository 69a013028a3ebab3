import type { Kysely } from "kysely";
import { timedUuidPrefix, timeOfUuid } from "../../ids.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import type { EventDocument } from "./event.ts";
import { likePart } from "./event-search.ts";

/** What a decision is looked for by. */
export type Subject =
  | { readonly kind: "request"; readonly id: string }
  /** Name of a role's session, such as the id of a task. */
  | { readonly kind: "session"; readonly name: string }
  | { readonly kind: "resource"; readonly arn: string };

/** A call, with what `explainSerialised` of `policy/` reads where it was denied. */
export interface ExplainedCall {
  readonly event: EventDocument;
  readonly trace: string | undefined;
}

/** Denied assumptions that are looked through for those of one session. */
const mostAssumptions = 1_000;

/** The calls of a subject, newest first: those that were denied, and of a request whatever came of it. */
export async function explainedCalls(db: Kysely<Tables>, subject: Subject, limit: number): Promise<ExplainedCall[]> {
  const rows = db.selectFrom("cloudtrail_events").select(["event_id", "event", "decision"]).orderBy("event_id", "desc");
  if (subject.kind === "request") {
    const time = timeOfUuid(subject.id);
    const found = rows.where("event_id", ">=", timedUuidPrefix(time)).where("event_id", "<", timedUuidPrefix(time + 1));
    return (await found.execute()).map(toCall).filter(({ event }) => event.requestID === subject.id);
  }
  const denied = rows.where("decision", "is not", null);
  if (subject.kind === "resource") {
    const part = likePart(JSON.stringify(subject.arn));
    return (await denied.where("resources", "like", part).limit(limit).execute()).map(toCall);
  }
  const own = await denied.where("username", "=", subject.name).limit(limit).execute();
  // The service is the caller, and the session only what it asked for.
  const assumptions = await denied.where("name", "=", "AssumeRole").limit(mostAssumptions).execute();
  const refused = assumptions.filter((row) => sessionName(toCall(row).event) === subject.name);
  return [...own, ...refused]
    .sort((one, other) => (one.event_id < other.event_id ? 1 : -1))
    .slice(0, limit)
    .map(toCall);
}

function sessionName({ requestParameters }: EventDocument): unknown {
  return (requestParameters as { readonly roleSessionName?: unknown } | null)?.roleSessionName;
}

function toCall({ event, decision }: { readonly event: Uint8Array; readonly decision: Uint8Array | null }) {
  const { trace } = decision === null ? {} : (JSON.parse(Buffer.from(decision).toString()) as { trace?: object });
  return {
    event: JSON.parse(Buffer.from(event).toString()) as EventDocument,
    trace: trace && JSON.stringify(trace),
  };
}
