import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../../storage/schema/index.ts";
import { linesOf } from "./batch.ts";
import { type Link, linkHash, positionOf, sequenceOf, streamOf } from "./chain.ts";
import { registry } from "./stream.ts";

/** Events of a stream that were written together. */
export interface StoredBatch {
  /** The number of its last event. */
  readonly sequence: number;
  readonly account: string;
  readonly region: string;
  readonly slot: number;
  readonly hash: Uint8Array;
  readonly decision: Uint8Array | null;
  readonly events: Uint8Array;
  /** Each event as JSON. */
  readonly lines: readonly string[];
}

export interface StreamState {
  readonly stream: number;
  /** Grows with every event. */
  readonly written: number;
  readonly head: Uint8Array;
  readonly cut: Uint8Array | null;
}

export function storedBatch({ position, ...row }: Selectable<Tables["cloudtrail_batches"]>): StoredBatch {
  // SQLite's columns hold values of any type, which somebody else may have put there.
  const hash = bytes(row.hash);
  const events = bytes(row.events);
  const decision = row.decision === null ? null : bytes(row.decision);
  return { ...row, hash, events, decision, sequence: sequenceOf(position), lines: linesOf(events) };
}

function bytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
}

/** True if the batch is, unchanged, the one that was written after the link. */
export function follows(last: Link, { sequence, lines, hash, events, decision }: StoredBatch): boolean {
  if (sequence - lines.length !== last.sequence) return false;
  return linkHash(last.hash, events, decision).equals(hash);
}

/** Batches read at a time. */
const most = 200;

/** Reads the events of all accounts and regions in the order of the chains; also while a server writes them. */
export function streamReader(db: Kysely<Tables>) {
  const reader = {
    /** The row that counts the streams, then every process's stream in the order in which they began. */
    async states(): Promise<StreamState[]> {
      const rows = await db
        .selectFrom("cloudtrail_streams")
        .select(["stream", "written", "head", "cut"])
        .orderBy("stream")
        .execute();
      return rows.map(({ stream, written, head, cut }) => {
        return { stream, written: Number(written), head: bytes(head), cut: cut === null ? null : bytes(cut) };
      });
    },

    async state(stream: number): Promise<StreamState | undefined> {
      return (await reader.states()).find((state) => state.stream === stream);
    },

    /** The batches after the event with the number, in order. */
    async *batches(stream: number, behind: number): AsyncGenerator<StoredBatch> {
      for (let after = positionOf(stream, behind); ; ) {
        const rows = await db
          .selectFrom("cloudtrail_batches")
          .selectAll()
          .where("position", ">", after)
          .where("position", "<", positionOf(stream + 1, 0))
          .orderBy("position")
          .limit(most)
          .execute();
        yield* rows.map(storedBatch);
        const last = rows.at(-1);
        if (!last || rows.length < most) return;
        after = last.position;
      }
    },

    /** The number of rows from one position to another, both included. */
    async countBetween(from: number, to: number): Promise<number> {
      const { count } = await db
        .selectFrom("cloudtrail_batches")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("position", ">=", from)
        .where("position", "<=", to)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** The first stream that has events, with this number or a higher one. */
    async nextStream(from: number): Promise<number | undefined> {
      const { next } = await db
        .selectFrom("cloudtrail_batches")
        .select(({ fn }) => fn.min("position").as("next"))
        .where("position", ">=", positionOf(from, 0))
        .where("position", "<=", Number.MAX_SAFE_INTEGER)
        .executeTakeFirstOrThrow();
      return next === null ? undefined : streamOf(Number(next));
    },

    /** The number of the stream's last event. */
    async lastSequence(stream: number): Promise<number> {
      const row = await db
        .selectFrom("cloudtrail_batches")
        .select("position")
        .where("position", ">", positionOf(stream, 0))
        .where("position", "<", positionOf(stream + 1, 0))
        .orderBy("position", "desc")
        .limit(1)
        .executeTakeFirst();
      return row ? sequenceOf(row.position) : 0;
    },
  };
  return { ...reader, isStream: ({ stream }: StreamState) => stream !== registry };
}
