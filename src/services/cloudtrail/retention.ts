import { expressionBuilder, type Kysely } from "kysely";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import { slotLength, slotOf } from "./batch.ts";
import { openLink, positionOf, sealLink, sequenceOf } from "./chain.ts";
import { registry } from "./event-writer.ts";

/** For how long events are kept, and how much of them. */
export interface Retention {
  /** Milliseconds. */
  readonly age: number;
  /** Bytes of all events together; the database takes a little more. `undefined` sets no limit. */
  readonly size?: number;
}

/** As AWS's event history. */
export const defaultAge = 90 * 24 * 60 * 60 * 1000;

/** Batches that one transaction removes. */
const most = 500;

/**
 * Removes what is to be kept no longer, from the beginnings of the chains. How far each is cut is sealed, so that what
 * somebody else removes is still found to be missing.
 */
export async function cutStreams(database: Database, keyring: Keyring, { age, size }: Retention, now: Date) {
  const oldest = slotOf(now.getTime() - age);
  const streams = await database.db
    .selectFrom("cloudtrail_streams")
    .select("stream")
    .where("stream", ">", registry)
    .whereRef("written", ">", "cut_bytes")
    .execute();
  for (const { stream } of streams) while (await cut(database, keyring, stream, ({ slot }) => slot < oldest)) {}
  if (size !== undefined) while (await cutLargest(database, keyring, size)) {}
  await forgetTerms(database.db);
}

/** Whether what comes behind so many bytes that go is to go as well. */
type IsSurplus = (batch: { readonly slot: number }, bytes: number) => boolean;

/** Removes the stream's first batches, as long as they are surplus, or some of them; whether there was any. */
async function cut(database: Database, keyring: Keyring, stream: number, isSurplus: IsSurplus): Promise<boolean> {
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
    const first = await db
      .selectFrom("cloudtrail_batches")
      .select(["position", "slot", "hash", lengthOf("events").as("bytes"), lengthOf("decision").as("decided")])
      .where("position", ">", positionOf(stream, known.sequence))
      .where("position", "<", positionOf(stream + 1, 0))
      .orderBy("position")
      .limit(most)
      .execute();
    let bytes = 0;
    let last: (typeof first)[number] | undefined;
    for (const batch of first) {
      if (!isSurplus(batch, bytes)) break;
      bytes += batch.bytes + (batch.decided ?? 0);
      last = batch;
    }
    if (!last) return false;
    await db
      .deleteFrom("cloudtrail_batches")
      .where("position", ">", positionOf(stream, known.sequence))
      .where("position", "<=", last.position)
      .execute();
    await db
      .updateTable("cloudtrail_streams")
      .set({
        cut: sealLink(keyring, stream, "cut", { sequence: sequenceOf(last.position), hash: last.hash }),
        cut_bytes: Number(ended.cut_bytes) + bytes,
      })
      .where("stream", "=", stream)
      .execute();
    return true;
  });
}

/** Bytes. */
function lengthOf(column: "events" | "decision") {
  const { fn } = expressionBuilder<Tables, "cloudtrail_batches">();
  return fn<number>("length", [column]);
}

/** Removes some of the oldest events where there is too much of them; whether it did. */
async function cutLargest(database: Database, keyring: Keyring, size: number): Promise<boolean> {
  const { db } = database;
  const streams = await db
    .selectFrom("cloudtrail_streams")
    .select(["stream", "written", "cut_bytes"])
    .where("stream", ">", registry)
    .whereRef("written", ">", "cut_bytes")
    .execute();
  const total = streams.reduce((sum, { written, cut_bytes }) => sum + Number(written) - Number(cut_bytes), 0);
  if (total <= size) return false;
  const firsts = await Promise.all(streams.map(async ({ stream }) => ({ stream, slot: await firstOf(db, stream) })));
  const [oldest] = firsts.sort((one, other) => (one.slot ?? Infinity) - (other.slot ?? Infinity));
  return oldest?.slot !== undefined && cut(database, keyring, oldest.stream, (_, bytes) => bytes < total - size);
}

/** The slot of the first events that are left of the stream. */
async function firstOf(db: Kysely<Tables>, stream: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("cloudtrail_batches")
    .select("slot")
    .where("position", ">", positionOf(stream, 0))
    .where("position", "<", positionOf(stream + 1, 0))
    .orderBy("position")
    .limit(1)
    .executeTakeFirst();
  return row?.slot;
}

/** Removes terms of seconds before the first event that is left. */
async function forgetTerms(db: Kysely<Tables>): Promise<void> {
  const streams = await db.selectFrom("cloudtrail_streams").select("stream").where("stream", ">", registry).execute();
  const firsts = await Promise.all(streams.map(({ stream }) => firstOf(db, stream)));
  const oldest = Math.min(...firsts.filter((slot) => slot !== undefined));
  if (oldest === Infinity) return;
  const second = Math.floor((oldest * slotLength) / 1000);
  await db.deleteFrom("cloudtrail_terms").where("second", "<", second).execute();
}
