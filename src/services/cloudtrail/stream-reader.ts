import type { Kysely } from "kysely";
import type { Tables } from "../../storage/migrations/index.ts";
import { linesOf } from "./batch.ts";
import { positionOf, sequenceOf } from "./chain.ts";
import { registry } from "./event-writer.ts";

/** Events as they stand in a stream, written together. */
export interface StoredBatch {
  /** Of its last event. */
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

/** Batches read at a time. */
const most = 200;

/** Reads events as they were written, of every account and region; also beside the server that writes them. */
export function streamReader(db: Kysely<Tables>) {
  const reader = {
    /** Every process's stream, in the order in which they began, behind the row that tells how many there are. */
    async states(): Promise<StreamState[]> {
      const rows = await db
        .selectFrom("cloudtrail_streams")
        .select(["stream", "written", "head", "cut"])
        .orderBy("stream")
        .execute();
      return rows.map((row) => ({ ...row, written: Number(row.written) }));
    },

    async state(stream: number): Promise<StreamState | undefined> {
      return (await reader.states()).find((state) => state.stream === stream);
    },

    /** What was written behind the event with the number, in order. */
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
        for (const { position, ...row } of rows) {
          yield { ...row, sequence: sequenceOf(position), lines: linesOf(row.events) };
        }
        if (rows.length < most) return;
        after = rows.at(-1)!.position;
      }
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
