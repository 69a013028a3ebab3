import type { Kysely } from "kysely";
import { groupCommit } from "../../concurrency/group-commit.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Addition, Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { batchesOf, type NewEvent } from "./batch.ts";
import { linkHash, positionOf, sealLink } from "./chain.ts";
import { knownTerms, termColumns } from "./known-terms.ts";
import { openPending } from "./pending.ts";
import { type Chain, openStream } from "./stream.ts";

const batches = {
  table: "cloudtrail_batches",
  columns: ["position", "account", "region", "slot", "hash", "decision", "events"],
} as const;
const streams = {
  table: "cloudtrail_streams",
  columns: ["stream", "written", "head"],
  onConflict: { key: ["stream"], action: "update" },
} as const;
const termRows = {
  table: "cloudtrail_terms",
  columns: termColumns,
  onConflict: { key: termColumns, action: "nothing" },
} as const;

/** Pending events that one transaction takes. */
const pendingBatch = 200;

/**
 * Chains events, each to the one before that this process wrote: replicas on one PostgreSQL do not wait for one another.
 * Events that come during a write are written together with the next.
 */
export function eventWriter(database: Database, keyring: Keyring) {
  let chain: Chain | undefined;
  const terms = knownTerms();
  let waiting = 0;
  let chainedPending = 0;

  const write = groupCommit<NewEvent | "pending" | "restart">(async (items) => {
    if (items.includes("restart")) {
      chain = undefined;
      terms.forgetAll();
    }
    try {
      chain ??= await openStream(database, keyring);
      if (items.includes("pending")) chain = await chainAllPending(chain);
      const events = items.filter(isEvent);
      if (events.length === 0) return;
      const next = additionsOf(chain, events);
      await database.append(next.additions);
      chain = next.chain;
    } catch (error) {
      // It is unknown what is stored of the group: the next one begins a stream of its own.
      chain = undefined;
      terms.forgetAll();
      throw error;
    } finally {
      for (const item of items) if (isEvent(item)) waiting--;
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
    const newTerms = events.flatMap(({ document }) => terms.newRows(document));
    terms.forgetSome();
    const { stream } = from;
    const head = sealLink(keyring, stream, "head", { ...link, bytes: written });
    const additions: Addition[] = [
      { ...batches, rows },
      { ...streams, rows: [[stream, written, head]] },
    ];
    if (newTerms.length > 0) additions.push({ ...termRows, rows: newTerms });
    return { chain: { stream, link, written }, additions };
  }

  /** Chains all events that services recorded with their own writes. */
  async function chainAllPending(from: Chain): Promise<Chain> {
    for (let last = from; ; ) {
      const done = await chainPending(last);
      if (!done) return last;
      last = done.chain;
      chainedPending += done.count;
      if (done.count < pendingBatch) return last;
    }
  }

  /** Chains some of the pending events; `undefined` if there are none. */
  async function chainPending(from: Chain): Promise<{ readonly chain: Chain; readonly count: number } | undefined> {
    return database.transaction(async (db) => {
      const rows = await db
        .selectFrom("cloudtrail_pending")
        .selectAll()
        .orderBy("event_id")
        .limit(pendingBatch)
        .execute();
      if (rows.length === 0) return undefined;
      const ids = rows.map(({ event_id }) => event_id);
      await db.deleteFrom("cloudtrail_pending").where("event_id", "in", ids).execute();
      terms.forgetAll();
      // Rows that the server did not write are dropped.
      const documents = rows.map((row) => openPending(keyring, row)).filter((document) => document !== undefined);
      if (documents.length === 0) return { chain: from, count: rows.length };
      const next = additionsOf(
        from,
        documents.map((document) => ({ document })),
      );
      for (const addition of next.additions) await addWithin(db, addition);
      return { chain: next.chain, count: rows.length };
    });
  }

  return {
    /** Resolves when the event survives a crash; rejects if it was not stored. */
    write(event: NewEvent): Promise<void> {
      waiting++;
      return write(event);
    },
    /** Chains the pending events; resolves to whether there were any. */
    async chainPending(): Promise<boolean> {
      const before = chainedPending;
      await write("pending");
      return chainedPending > before;
    },
    /** Begins a stream anew, after the database was emptied. */
    restart: (): Promise<void> => write("restart"),
    /** Events that are not stored yet. */
    waiting: () => waiting,
  };
}

function isEvent(item: NewEvent | "pending" | "restart"): item is NewEvent {
  return typeof item === "object";
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
