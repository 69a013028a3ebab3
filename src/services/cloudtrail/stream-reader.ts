import type { Kysely } from "kysely";
import type { Tables } from "../../storage/migrations/index.ts";
import { positionOf, sequenceOf } from "./chain.ts";
import { registry } from "./event-writer.ts";

/** An event as it stands in a stream. */
export interface StoredRecord {
  readonly sequence: number;
  readonly eventId: string;
  readonly hash: Uint8Array;
  readonly decision: Uint8Array | null;
  /** The whole event: UTF-8 JSON. */
  readonly event: Uint8Array;
}

export interface StreamState {
  readonly stream: number;
  /** Grows with every event. */
  readonly written: number;
  readonly head: Uint8Array;
  readonly cut: Uint8Array | null;
}

/** Events read at a time. */
const batch = 500;

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

    /** The events behind the one with the number, in order. */
    async *records(stream: number, behind: number): AsyncGenerator<StoredRecord & { readonly columns: Columns }> {
      for (let after = positionOf(stream, behind); ; ) {
        const rows = await db
          .selectFrom("cloudtrail_events")
          .selectAll()
          .where("position", ">", after)
          .where("position", "<", positionOf(stream + 1, 0))
          .orderBy("position")
          .limit(batch)
          .execute();
        for (const { position, hash, decision, event, ...columns } of rows) {
          yield { sequence: sequenceOf(Number(position)), eventId: columns.event_id, hash, decision, event, columns };
        }
        if (rows.length < batch) return;
        after = Number(rows.at(-1)!.position);
      }
    },

    /** The number of the stream's last event. */
    async lastSequence(stream: number): Promise<number> {
      const row = await db
        .selectFrom("cloudtrail_events")
        .select("position")
        .where("position", ">", positionOf(stream, 0))
        .where("position", "<", positionOf(stream + 1, 0))
        .orderBy("position", "desc")
        .limit(1)
        .executeTakeFirst();
      return row ? sequenceOf(Number(row.position)) : 0;
    },
  };
  return { ...reader, isStream: ({ stream }: StreamState) => stream !== registry };
}

type Columns = Omit<Tables["cloudtrail_events"], "position" | "hash" | "decision" | "event">;
