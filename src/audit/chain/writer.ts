import type { Kysely } from "kysely";
import { groupCommit } from "../../concurrency/group-commit.ts";
import { timeOfUuid } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Addition, Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import type { EventDocument } from "../event/event.ts";
import { likeness, termsOf } from "../search/terms.ts";
import { batchesOf, type NewEvent } from "./batch.ts";
import { type Link, linkHash, openLink, positionOf, sealLink, startOf } from "./chain.ts";
import { openPending } from "./pending.ts";

interface Chain {
  readonly stream: number;
  readonly link: Link;
  /** Bytes. */
  readonly written: number;
}

/** Terms that are known to be there already; the oldest half goes first. */
const mostTerms = 8192;

/** Events that one transaction takes from those that are pending. */
const pendingBatch = 200;

/**
 * Chains events, each to the one before that this process wrote: replicas on one PostgreSQL wait for no other. Events that
 * come during a write are written together with the next.
 */
export function eventWriter(database: Database, keyring: Keyring) {
  let chain: Chain | undefined;
  const terms = new Set<string>();
  let waiting = 0;
  let chainedPending = 0;

  const write = groupCommit<NewEvent | "pending" | "restart">(async (items) => {
    if (items.includes("restart")) {
      chain = undefined;
      terms.clear();
    }
    try {
      chain ??= await openStream(database, keyring);
      if (items.includes("pending")) while (await chainPending()) {}
      const events = items.filter((item) => typeof item === "object");
      if (events.length === 0) return;
      const next = additionsOf(chain, events);
      await database.append(next.additions);
      chain = next.chain;
    } catch (error) {
      // What is stored of the group is not known: the next begins a stream of its own.
      chain = undefined;
      terms.clear();
      throw error;
    }
  });

  /** The rows that add events to the chain. */
  function additionsOf(from: Chain, events: readonly NewEvent[]) {
    let { link, written } = from;
    const rows: Addition["rows"][number][] = [];
    for (const { account, region, slot, lines, decision: inputs } of batchesOf(events)) {
      const batch = Buffer.from(lines.join("\n"));
      const decision = inputs === undefined ? null : Buffer.from(JSON.stringify(inputs));
      link = { sequence: link.sequence + lines.length, hash: linkHash(link.hash, batch, decision) };
      written += batch.length + (decision?.length ?? 0);
      rows.push([positionOf(from.stream, link.sequence), account, region, slot, link.hash, decision, batch]);
    }
    const newTerms = events.flatMap(({ document }) => newTermsOf(document));
    forgetTerms();
    const { stream } = from;
    const head = sealLink(keyring, stream, "head", { ...link, bytes: written });
    const additions: Addition[] = [
      {
        table: "cloudtrail_batches",
        columns: ["position", "account", "region", "slot", "hash", "decision", "events"],
        rows,
      },
      {
        table: "cloudtrail_streams",
        columns: ["stream", "written", "head"],
        rows: [[stream, written, head]],
        onConflict: { key: ["stream"], action: "update" },
      },
    ];
    if (newTerms.length > 0) {
      const columns = ["account", "region", "term", "second"];
      additions.push({
        table: "cloudtrail_terms",
        columns,
        rows: newTerms,
        onConflict: { key: columns, action: "nothing" },
      });
    }
    return { chain: { stream, link, written }, additions };
  }

  /** The rows of an event's terms that are not there already. */
  function newTermsOf(document: EventDocument): Addition["rows"][number][] {
    const { recipientAccountId: account, awsRegion: region } = document;
    const second = Math.floor(timeOfUuid(document.eventID) / 1000);
    // Most events of a second are like one before: to make their terms only to find them known costs more than all this.
    if (isKnown(`like ${second} ${account} ${region} ${likeness(document)}`)) return [];
    const unknown = termsOf(document).filter((term) => !isKnown(`${second} ${account} ${region} ${term}`));
    return unknown.map((term) => [account, region, term, second]);
  }

  function isKnown(term: string): boolean {
    if (terms.has(term)) return true;
    terms.add(term);
    return false;
  }

  function forgetTerms(): void {
    if (terms.size < mostTerms) return;
    let surplus = terms.size - mostTerms / 2;
    for (const term of terms) {
      if (surplus-- <= 0) break;
      terms.delete(term);
    }
  }

  /** Chains some of what services recorded with their own writes; whether there may be more. */
  async function chainPending(): Promise<boolean> {
    const from = chain!;
    const done = await database.transaction(async (db) => {
      const rows = await db
        .selectFrom("cloudtrail_pending")
        .selectAll()
        .orderBy("event_id")
        .limit(pendingBatch)
        .execute();
      if (rows.length === 0) return undefined;
      const ids = rows.map(({ event_id }) => event_id);
      await db.deleteFrom("cloudtrail_pending").where("event_id", "in", ids).execute();
      terms.clear();
      // What others put there is dropped.
      const documents = rows.map((row) => openPending(keyring, row)).filter((document) => document !== undefined);
      if (documents.length === 0) return { chain: from, count: rows.length };
      const next = additionsOf(
        from,
        documents.map((document) => ({ document })),
      );
      for (const addition of next.additions) await addWithin(db, addition);
      return { chain: next.chain, count: rows.length };
    });
    if (!done) return false;
    chain = done.chain;
    chainedPending += done.count;
    return done.count === pendingBatch;
  }

  return {
    /** Resolves when the event survives a crash; rejects where it was not stored. */
    async write(event: NewEvent): Promise<void> {
      waiting++;
      try {
        await write(event);
      } finally {
        waiting--;
      }
    },
    /** Chains what is pending; whether anything was. */
    async chainPending(): Promise<boolean> {
      const before = chainedPending;
      await write("pending");
      return chainedPending > before;
    },
    /** Begins a stream anew, as the database was emptied. */
    restart: (): Promise<void> => write("restart"),
    /** Events that are not stored yet. */
    waiting: () => waiting,
  };
}

async function addWithin(db: Kysely<Tables>, { table, columns, rows, onConflict }: Addition): Promise<void> {
  const values = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
  const insert = db.insertInto(table).values(values as never);
  if (!onConflict) return void (await insert.execute());
  const { key, action } = onConflict;
  await insert
    .onConflict((conflict) => {
      const same = conflict.columns(key as never);
      return action === "update" ? same.doUpdateSet(values[0] as never) : same.doNothing();
    })
    .execute();
}

/** The number under which the row with the count of streams stands. */
export const registry = 0;

/**
 * A stream of this process's own. That it was begun is sealed, so that its rows cannot be removed all together: no number
 * is given twice. A count that somebody changed or removed is left so, for it to be found.
 */
async function openStream(database: Database, keyring: Keyring): Promise<Chain> {
  return database.transaction(async (db) => {
    const { last } = await db
      .selectFrom("cloudtrail_streams")
      .select(({ fn }) => fn.max("stream").as("last"))
      .executeTakeFirstOrThrow();
    const counted = await db
      .selectFrom("cloudtrail_streams")
      .select("head")
      .where("stream", "=", registry)
      .executeTakeFirst();
    const known = counted && openLink(keyring, registry, "head", counted.head);
    const stream = Math.max(Number(last ?? registry), known?.sequence ?? registry) + 1;
    const link = startOf(stream);
    const begun = [[stream, sealLink(keyring, stream, "head", link)] as const];
    if (last === null || known) {
      begun.push([
        registry,
        sealLink(keyring, registry, "head", { sequence: stream, bytes: 0, hash: new Uint8Array() }),
      ]);
    }
    for (const [number, head] of begun) {
      await db
        .insertInto("cloudtrail_streams")
        .values({ stream: number, written: 0, cut_bytes: 0, head })
        .onConflict((conflict) => conflict.column("stream").doUpdateSet({ head }))
        .execute();
    }
    return { stream, link, written: 0 };
  });
}
