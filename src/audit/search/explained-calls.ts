import { expressionBuilder, type Kysely } from "kysely";
import { timeOfUuid } from "../../ids.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { linesOf, slotOf } from "../chain/batch.ts";
import { type EventDocument, readEvent } from "../event/event.ts";
import { usernameOf } from "./terms.ts";

/** A request, a session or a resource whose decisions are explained. */
export type Subject =
  | { readonly kind: "request"; readonly id: string }
  /** The name of a role's session, such as the id of a task. */
  | { readonly kind: "session"; readonly name: string }
  | { readonly kind: "resource"; readonly arn: string };

/** A call, and the trace of its denial, which `explainSerialised` of `policy/` reads. */
export interface ExplainedCall {
  readonly event: EventDocument;
  readonly trace: string | undefined;
}

/** Denials read at a time. */
const batch = 200;

/** The denied calls of a subject, newest first; for a request, its calls whether denied or not. */
export async function explainedCalls(db: Kysely<Tables>, subject: Subject, limit: number): Promise<ExplainedCall[]> {
  if (subject.kind === "request") return callsOfRequest(db, subject.id);
  const found: ExplainedCall[] = [];
  for await (const call of denials(db)) {
    if (isAbout(call, subject)) found.push(call);
    if (found.length === limit) break;
  }
  return found;
}

async function callsOfRequest(db: Kysely<Tables>, id: string): Promise<ExplainedCall[]> {
  const rows = await db
    .selectFrom("cloudtrail_batches")
    .select(["events", "decision"])
    .where("slot", "=", slotOf(timeOfUuid(id)))
    .execute();
  return rows.flatMap(callsOf).filter(({ event }) => event.requestID === id);
}

/** Every call that was denied, newest first. */
async function* denials(db: Kysely<Tables>): AsyncGenerator<ExplainedCall> {
  const denied = db
    .selectFrom("cloudtrail_batches")
    .select(["slot", "position", "events", "decision"])
    .where("decision", "is not", null)
    .orderBy("slot", "desc")
    .orderBy("position", "desc")
    .limit(batch);
  let rows = await denied.execute();
  for (;;) {
    yield* rows.flatMap(callsOf);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    const { slot, position } = last;
    const isBehind = expressionBuilder<Tables, "cloudtrail_batches">();
    rows = await denied
      .where(isBehind.or([isBehind("slot", "<", slot), isBehind.and({ slot }).and("position", "<", position)]))
      .execute();
  }
}

function isAbout({ event }: ExplainedCall, subject: Exclude<Subject, { readonly kind: "request" }>): boolean {
  if (subject.kind === "resource") return (event.resources ?? []).some(({ ARN }) => ARN === subject.arn);
  // If a service may not assume a role, the service is the caller, and the session is in the request only.
  return usernameOf(event.userIdentity) === subject.name || sessionName(event) === subject.name;
}

function sessionName({ eventName, requestParameters }: EventDocument): unknown {
  if (eventName !== "AssumeRole") return undefined;
  return (requestParameters as { readonly roleSessionName?: unknown } | null)?.roleSessionName;
}

function callsOf({ events, decision }: { readonly events: Uint8Array; readonly decision: Uint8Array | null }) {
  const { trace }: { trace?: object } = decision === null ? {} : JSON.parse(Buffer.from(decision).toString());
  return linesOf(events).map((line) => ({ event: readEvent(line), trace: trace && JSON.stringify(trace) }));
}
