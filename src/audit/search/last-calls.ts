import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { timeOfUuid } from "../../ids.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { linesOf } from "../chain/batch.ts";
import { type EventDocument, eventSource, readEvent } from "../event/event.ts";

/** The last time that a user or role called an operation, allowed or not. */
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
 * The last call of each of these users and roles to each operation, up to a time. A session's calls count for its role or
 * for the user who made it. There is no index: it reads all events of the account, and other requests are served in between.
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
    const call = callOf(readEvent(line));
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
  for (let page = await rows.execute(); ; ) {
    for (const { events } of page) yield* linesOf(events);
    const last = page.at(-1);
    if (!last || page.length < batch) return;
    await setImmediate();
    const { region, slot, position } = last;
    page = await rows
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple("region", "slot", "position"), ">", tuple(region, slot, position)),
      )
      .execute();
  }
}

/** True if JSON may name one of them as the caller: searching for that costs less than parsing. */
function mayBeOf(line: string, wanted: ReadonlySet<string>): boolean {
  for (const [, id = ""] of line.matchAll(/"principalId":"([A-Z0-9]+)/g)) if (wanted.has(id)) return true;
  return false;
}

function callOf({ userIdentity, eventSource: source, eventName, awsRegion, eventID }: EventDocument): LastCall {
  const { principalId = "", sessionContext } = userIdentity;
  return {
    principalId: sessionContext?.sessionIssuer?.principalId ?? principalId,
    service: source.replace(eventSource(""), ""),
    action: eventName,
    region: awsRegion,
    at: new Date(timeOfUuid(eventID)),
  };
}
