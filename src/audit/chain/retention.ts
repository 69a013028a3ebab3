import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { timeOfUuid } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { readEvent } from "../event/event.ts";
import { slotLength, slotOf } from "./batch.ts";
import { type Link, openLink, positionOf, sealLink, startOf } from "./chain.ts";
import { follows, type StoredBatch, storedBatch } from "./reader.ts";
import { registry } from "./stream.ts";

/** The age and size up to which events are kept. */
export interface Retention {
  /** Milliseconds. */
  readonly age: number;
  /** Bytes of all events together; the database takes a little more. `undefined` sets no limit. */
  readonly size?: number;
}

/** Milliseconds, as AWS's event history has it. */
export const defaultAge = 90 * 24 * 60 * 60 * 1000;

/** Batches that one transaction reads and removes. Other requests are served in between. */
const most = 40;

/** Slots that retention by size treats as equally old. */
const leeway = 60_000 / slotLength;

/** Milliseconds for which all terms are kept, because long calls are written late. */
const lateness = 60 * 60 * 1000;

/**
 * Removes the events that retention no longer keeps, from the beginnings of the chains. The place of each cut is sealed, so
 * that removals by others are still found. Only events that verify are removed: otherwise somebody could edit events to
 * look old, and the server would remove the traces.
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

/** True if a batch goes, given the bytes that go before it. */
type IsSurplus = (batch: { readonly slot: number }, bytes: number) => boolean;

/** Removes some of the stream's first batches that are surplus; resolves to whether there were any. */
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
    // Somebody tampered with the chain; `verifyEvents` reports it.
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

/** True if the batch is unchanged and as old as it says: all events of a batch belong to its slot. */
function isWhole(batch: StoredBatch, before: Link, head: Link): boolean {
  if (!follows(before, batch)) return false;
  if (batch.sequence === head.sequence && !Buffer.from(head.hash).equals(batch.hash)) return false;
  const [first] = batch.lines;
  return first !== undefined && slotOf(timeOfUuid(readEvent(first).eventID)) === batch.slot;
}

/** Removes some of the oldest events if there are too many bytes; resolves to whether it did. */
async function cutLargest(database: Database, keyring: Keyring, size: number): Promise<boolean> {
  const { db } = database;
  const rows = await db
    .selectFrom("cloudtrail_streams")
    .select(["stream", "head", "cut"])
    .where("stream", ">", registry)
    .whereRef("written", ">", "cut_bytes")
    .execute();
  // The sealed figures count: nobody can have events removed by changing the columns.
  const bytesOf = ({ stream, head, cut }: (typeof rows)[number]) => {
    const cutBytes = cut === null ? 0 : openLink(keyring, stream, "cut", cut)?.bytes;
    return (openLink(keyring, stream, "head", head)?.bytes ?? 0) - (cutBytes ?? 0);
  };
  const streams = await Promise.all(
    rows.map(async (row) => ({ stream: row.stream, bytes: bytesOf(row), slot: await firstOf(db, row.stream) })),
  );
  const inOrder = streams.filter(hasEvents).sort((one, other) => one.slot - other.slot);
  let surplus = inOrder.reduce((sum, { bytes }) => sum + bytes, -size);
  for (const [index, { stream, bytes }] of inOrder.entries()) {
    if (surplus <= 0) return false;
    const most = surplus;
    const until = (inOrder[index + 1]?.slot ?? Infinity) + leeway;
    if (await cut(database, keyring, stream, ({ slot }, before) => before < most && slot < until)) return true;
    // The stream was changed. Other streams' events are not removed in its place.
    surplus -= bytes;
  }
  return false;
}

function hasEvents<T extends { readonly slot: number | undefined }>(
  stream: T,
): stream is T & { readonly slot: number } {
  return stream.slot !== undefined;
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

/** Removes the terms of seconds before all events that are left. Events that were written late are not in order. */
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
