import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { timeOfUuid } from "../../ids.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { linesOf } from "../chain/batch.ts";
import { type EventDocument, eventSource } from "../event/event.ts";

/** When a user or role last called an operation, allowed or not. */
export interface LastCall {
  /** `AIDA…` or `AROA…`. */
  readonly principalId: string;
  /** `secretsmanager` */
  readonly service: string;
  /** `GetSecretValue` */
  readonly action: string;
  readonly region: string;
  readonly at: Date;
}

/** Rows read at a time. */
const batch = 100;

/**
 * The last call of each of these users and roles to each operation, until then. What a session did, its role did, or the
 * user who made it. There is no index for it: all events of the account are looked through, others are served in between.
 */
export async function lastCalls(
  db: Kysely<Tables>,
  account: string,
  principalIds: readonly string[],
  until: Date,
): Promise<LastCall[]> {
  const wanted = new Set(principalIds);
  const last = new Map<string, LastCall>();
  if (wanted.size === 0) return [];
  for await (const line of eventsOf(db, account)) {
    if (!mayBeOf(line, wanted)) continue;
    const call = callOf(JSON.parse(line) as EventDocument);
    if (!wanted.has(call.principalId) || call.at > until) continue;
    const key = `${call.principalId} ${call.service} ${call.action}`;
    const known = last.get(key);
    if (!known || known.at <= call.at) last.set(key, call);
  }
  return [...last.values()];
}

/** An account's events in all regions, as JSON. */
async function* eventsOf(db: Kysely<Tables>, account: string): AsyncGenerator<string> {
  const rows = db
    .selectFrom("cloudtrail_batches")
    .select(["region", "slot", "position", "events"])
    .where("account", "=", account)
    .orderBy("region")
    .orderBy("slot")
    .orderBy("position")
    .limit(batch);
  for (let page = await rows.execute(); page.length > 0; ) {
    for (const { events } of page) yield* linesOf(events);
    if (page.length < batch) return;
    await setImmediate();
    const { region, slot, position } = page.at(-1)!;
    page = await rows
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple("region", "slot", "position"), ">", tuple(region, slot, position)),
      )
      .execute();
  }
}

/** Whether JSON names one of them as who called: to look for that takes less than to parse. */
function mayBeOf(line: string, wanted: ReadonlySet<string>): boolean {
  for (const [, id] of line.matchAll(/"principalId":"([A-Z0-9]+)/g)) if (wanted.has(id!)) return true;
  return false;
}

function callOf({ userIdentity, eventSource: source, eventName, awsRegion, eventID }: EventDocument): LastCall {
  const { principalId = "", sessionContext } = userIdentity;
  const { sessionIssuer } = (sessionContext ?? {}) as { readonly sessionIssuer?: { readonly principalId: string } };
  return {
    principalId: sessionIssuer?.principalId ?? principalId,
    service: source.replace(eventSource(""), ""),
    action: eventName,
    region: awsRegion,
    at: new Date(timeOfUuid(eventID)),
  };
}
