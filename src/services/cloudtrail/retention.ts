import type { Kysely } from "kysely";
import { timedUuidPrefix, timeOfUuid } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import { openLink, positionOf, sealLink, sequenceOf } from "./chain.ts";
import { registry } from "./event-writer.ts";

/** For how long events are kept, and how much of them. */
export interface Retention {
  /** Milliseconds. */
  readonly age: number;
  /** Bytes of all events together; they take about twice as many in the database. `undefined` sets no limit. */
  readonly size?: number;
}

/** As AWS's event history. */
export const defaultAge = 90 * 24 * 60 * 60 * 1000;

/** Events that one transaction removes. */
const batch = 2_000;

/**
 * Removes what is to be kept no longer, from the beginnings of the chains. How far each is cut is sealed, so that what
 * somebody else removes is still found to be missing.
 */
export async function cutStreams(database: Database, keyring: Keyring, { age, size }: Retention, now: Date) {
  const oldest = timedUuidPrefix(now.getTime() - age);
  const streams = await database.db
    .selectFrom("cloudtrail_streams")
    .select("stream")
    .where("stream", ">", registry)
    .whereRef("written", ">", "cut_bytes")
    .execute();
  for (const { stream } of streams) while (await cut(database, keyring, stream, oldest)) {}
  if (size !== undefined) while (await cutLargest(database, keyring, size)) {}
  await forgetTerms(database);
}

/** Removes some events of the stream's beginning that are older than the id, or any; whether it removed as many as it may. */
async function cut(database: Database, keyring: Keyring, stream: number, oldest: string | undefined): Promise<boolean> {
  return database.transaction(async (db) => {
    const ended = await db
      .selectFrom("cloudtrail_streams")
      .select(["cut", "cut_bytes"])
      .where("stream", "=", stream)
      .executeTakeFirst();
    if (!ended) return false;
    const known = ended.cut === null ? { sequence: 0 } : openLink(keyring, stream, "cut", ended.cut);
    // It is not for retention to say what was done to the chain.
    if (!known) return false;
    const [from, to] = [positionOf(stream, known.sequence + 1), positionOf(stream, known.sequence + batch)];
    const first = oldest === undefined ? undefined : await firstKept(db, from, to, oldest);
    const last = await db
      .selectFrom("cloudtrail_events")
      .select(["position", "hash"])
      .where("position", ">=", from)
      .where("position", "<=", first === undefined ? to : first - 1)
      .orderBy("position", "desc")
      .limit(1)
      .executeTakeFirst();
    if (!last) return false;
    const removed = db
      .selectFrom("cloudtrail_events")
      .where("position", ">=", from)
      .where("position", "<=", last.position);
    const { bytes } = await removed
      .select(({ fn }) => fn.sum<number>(fn("length", ["event"])).as("bytes"))
      .executeTakeFirstOrThrow();
    const { decisions } = await removed
      .select(({ fn }) => fn.sum<number | null>(fn("length", ["decision"])).as("decisions"))
      .executeTakeFirstOrThrow();
    await db
      .deleteFrom("cloudtrail_events")
      .where("position", ">=", from)
      .where("position", "<=", last.position)
      .execute();
    const sequence = sequenceOf(last.position);
    await db
      .updateTable("cloudtrail_streams")
      .set({
        cut: sealLink(keyring, stream, "cut", { sequence, hash: last.hash }),
        cut_bytes: Number(ended.cut_bytes) + Number(bytes) + Number(decisions ?? 0),
      })
      .where("stream", "=", stream)
      .execute();
    return sequence === known.sequence + batch;
  });
}

async function firstKept(db: Kysely<Tables>, from: number, to: number, oldest: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("cloudtrail_events")
    .select("position")
    .where("position", ">=", from)
    .where("position", "<=", to)
    .where("event_id", ">=", oldest)
    .orderBy("position")
    .limit(1)
    .executeTakeFirst();
  return row?.position;
}

/** Removes some of the oldest events where there is too much of them; whether it did. */
async function cutLargest(database: Database, keyring: Keyring, size: number): Promise<boolean> {
  const streams = await database.db
    .selectFrom("cloudtrail_streams")
    .select(["stream", "written", "cut_bytes"])
    .where("stream", ">", registry)
    .whereRef("written", ">", "cut_bytes")
    .execute();
  const total = streams.reduce((sum, { written, cut_bytes }) => sum + Number(written) - Number(cut_bytes), 0);
  if (total <= size) return false;
  const firsts = await Promise.all(
    streams.map(async ({ stream }) => ({ stream, id: (await firstOf(database.db, stream)) ?? "" })),
  );
  const [oldest] = firsts.filter(({ id }) => id !== "").sort((left, right) => (left.id < right.id ? -1 : 1));
  if (!oldest) return false;
  const before = total;
  await cut(database, keyring, oldest.stream, undefined);
  const after = await database.db
    .selectFrom("cloudtrail_streams")
    .select(({ fn }) => [fn.sum<number>("written").as("written"), fn.sum<number>("cut_bytes").as("cut_bytes")])
    .executeTakeFirstOrThrow();
  return Number(after.written) - Number(after.cut_bytes) < before;
}

async function firstOf(db: Kysely<Tables>, stream: number): Promise<string | undefined> {
  const row = await db
    .selectFrom("cloudtrail_events")
    .select("event_id")
    .where("position", ">", positionOf(stream, 0))
    .where("position", "<", positionOf(stream + 1, 0))
    .orderBy("position")
    .limit(1)
    .executeTakeFirst();
  return row?.event_id;
}

/** Removes terms of seconds before the first event that is left. */
async function forgetTerms({ db }: Database): Promise<void> {
  const streams = await db.selectFrom("cloudtrail_streams").select("stream").where("stream", ">", registry).execute();
  const firsts = await Promise.all(streams.map(({ stream }) => firstOf(db, stream)));
  const oldest = firsts.filter((id) => id !== undefined).sort()[0];
  if (oldest === undefined) return;
  const second = Math.floor(timeOfUuid(oldest) / 1000);
  await db.deleteFrom("cloudtrail_terms").where("second", "<", second).execute();
}
