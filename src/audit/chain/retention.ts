import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { timeOfUuid } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import type { EventDocument } from "../event/event.ts";
import { slotLength, slotOf } from "./batch.ts";
import { type Link, openLink, positionOf, sealLink, startOf } from "./chain.ts";
import { follows, type StoredBatch, storedBatch } from "./reader.ts";
import { registry } from "./writer.ts";

/** For how long events are kept, and how much of them. */
export interface Retention {
  /** Milliseconds. */
  readonly age: number;
  /** Bytes of all events together; the database takes a little more. `undefined` sets no limit. */
  readonly size?: number;
}

/** As AWS's event history. */
export const defaultAge = 90 * 24 * 60 * 60 * 1000;

/** Batches that one transaction removes; they are read before, and others are served in between. */
const most = 40;

/** Slots, of which retention by size does not tell which came first. */
const leeway = 60_000 / slotLength;

/** Milliseconds for which terms are kept, whatever their events: calls that take long are written late. */
const lateness = 60 * 60 * 1000;

/**
 * Removes what is to be kept no longer, from the beginnings of the chains. How far each is cut is sealed, so that what
 * somebody else removes is still found to be missing. Only what verifies is removed: else whoever edits events to look old
 * would have the server remove the traces.
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
  await forgetTerms(database.db, now);
}

/** Whether what comes behind so many bytes that go is to go as well. */
type IsSurplus = (batch: { readonly slot: number }, bytes: number) => boolean;

/** Removes the stream's first batches, as long as they are surplus, or some of them; whether there was any. */
async function cut(database: Database, keyring: Keyring, stream: number, isSurplus: IsSurplus): Promise<boolean> {
  const isCut = await database.transaction(async (db) => {
    const ended = await db
      .selectFrom("cloudtrail_streams")
      .select(["head", "cut"])
      .where("stream", "=", stream)
      .executeTakeFirst();
    if (!ended) return false;
    const known = ended.cut === null ? startOf(stream) : openLink(keyring, stream, "cut", ended.cut);
    const head = openLink(keyring, stream, "head", ended.head);
    // It is not for retention to say what was done to the chain.
    if (!known || !head) return false;
    const first = await db
      .selectFrom("cloudtrail_batches")
      .selectAll()
      .where("position", ">", positionOf(stream, known.sequence))
      .where("position", "<=", positionOf(stream, head.sequence))
      .orderBy("position")
      .limit(most)
      .execute();
    let bytes = 0;
    let last: Link = known;
    for (const batch of first.map(storedBatch)) {
      if (!isSurplus(batch, bytes) || !isWhole(batch, last, head)) break;
      bytes += batch.events.length + (batch.decision?.length ?? 0);
      last = batch;
    }
    if (last === known) return false;
    await db
      .deleteFrom("cloudtrail_batches")
      .where("position", ">", positionOf(stream, known.sequence))
      .where("position", "<=", positionOf(stream, last.sequence))
      .execute();
    await db
      .updateTable("cloudtrail_streams")
      .set({
        cut: sealLink(keyring, stream, "cut", { ...last, bytes: known.bytes + bytes }),
        cut_bytes: known.bytes + bytes,
      })
      .where("stream", "=", stream)
      .execute();
    return true;
  });
  await setImmediate();
  return isCut;
}

/** Whether the batch is as it was written, and as old as it says: all events of a batch are of its slot. */
function isWhole(batch: StoredBatch, before: Link, head: Link): boolean {
  if (!follows(before, batch)) return false;
  if (batch.sequence === head.sequence && !Buffer.from(head.hash).equals(batch.hash)) return false;
  const { eventID } = JSON.parse(batch.lines[0]!) as EventDocument;
  return slotOf(timeOfUuid(eventID)) === batch.slot;
}

/** Removes some of the oldest events where there is too much of them; whether it did. */
async function cutLargest(database: Database, keyring: Keyring, size: number): Promise<boolean> {
  const { db } = database;
  const rows = await db
    .selectFrom("cloudtrail_streams")
    .select(["stream", "head", "cut"])
    .where("stream", ">", registry)
    .whereRef("written", ">", "cut_bytes")
    .execute();
  // As it was sealed: whoever changes the columns does not get events removed.
  const bytesOf = ({ stream, head, cut }: (typeof rows)[number]) => {
    const cutBytes = cut === null ? 0 : openLink(keyring, stream, "cut", cut)?.bytes;
    return (openLink(keyring, stream, "head", head)?.bytes ?? 0) - (cutBytes ?? 0);
  };
  const streams = await Promise.all(
    rows.map(async (row) => ({ stream: row.stream, bytes: bytesOf(row), slot: await firstOf(db, row.stream) })),
  );
  const inOrder = streams.filter(({ slot }) => slot !== undefined).sort((one, other) => one.slot! - other.slot!);
  let surplus = inOrder.reduce((sum, { bytes }) => sum + bytes, -size);
  for (const [index, { stream, bytes }] of inOrder.entries()) {
    if (surplus <= 0) return false;
    const most = surplus;
    const until = (inOrder[index + 1]?.slot ?? Infinity) + leeway;
    if (await cut(database, keyring, stream, ({ slot }, before) => before < most && slot < until)) return true;
    // What was written there is not there as it was: others' events do not make up for it.
    surplus -= bytes;
  }
  return false;
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

/** Removes terms of seconds before all events that are left. What is written late is not in the order of its time. */
async function forgetTerms(db: Kysely<Tables>, now: Date): Promise<void> {
  let oldest = slotOf(now.getTime() - lateness);
  for await (const slot of firstSlots(db)) oldest = Math.min(oldest, slot);
  const second = Math.floor((oldest * slotLength) / 1000);
  await db.deleteFrom("cloudtrail_terms").where("second", "<", second).execute();
}

/** The first slot of each account and region, by the index. */
async function* firstSlots(db: Kysely<Tables>): AsyncGenerator<number> {
  const first = db
    .selectFrom("cloudtrail_batches")
    .select(["account", "region", "slot"])
    .orderBy("account")
    .orderBy("region")
    .orderBy("slot")
    .limit(1);
  for (let row = await first.executeTakeFirst(); row; ) {
    const { account, region, slot } = row;
    yield slot;
    row = await first
      .where(({ eb, refTuple, tuple }) => eb(refTuple("account", "region"), ">", tuple(account, region)))
      .executeTakeFirst();
  }
}
