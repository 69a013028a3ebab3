import type { Kysely, Selectable } from "kysely";
import { keyedMutex } from "../../../concurrency/keyed-mutex.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { findUnchanged } from "../repositories/records.ts";
import type { Repository } from "../repositories/repository.ts";
import type { LayerUpload } from "./upload.ts";

/** The SQL of uploads of layers. */
export function uploadRecords(database: Database) {
  const { db } = database;
  return {
    /** Does one thing at a time with an upload: its parts lie one behind the other in the registry of this server. */
    exclusively: keyedMutex(),

    /** False if policies may decide otherwise on what `found` has become. */
    start(found: Repository, upload: LayerUpload): Promise<boolean> {
      return database.transaction(async (tx) => {
        if (!(await findUnchanged(tx, found))) return false;
        await tx
          .insertInto("ecr_layer_uploads")
          .values({ repository_id: found.id, upload_id: upload.id, ...toRow(upload) })
          .execute();
        return true;
      });
    },

    /** `outrun` if policies may decide otherwise on what `found` has become. */
    find(found: Repository, id: string): Promise<LayerUpload | "outrun" | undefined> {
      return database.transaction(async (tx) => {
        if (!(await findUnchanged(tx, found))) return "outrun";
        const row = await of(tx, found).where("upload_id", "=", id).executeTakeFirst();
        return row && toUpload(row);
      });
    },

    /** False if it is gone. */
    async change({ id }: Repository, upload: LayerUpload): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable("ecr_layer_uploads")
        .set(toRow(upload))
        .where("repository_id", "=", id)
        .where("upload_id", "=", upload.id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async remove({ id }: Pick<LayerUpload, "id">): Promise<void> {
      await db.deleteFrom("ecr_layer_uploads").where("upload_id", "=", id).execute();
    },

    named: async (id: string) =>
      (await db.selectFrom("ecr_layer_uploads").selectAll().where("upload_id", "=", id).execute()).map(toUpload),

    list: async (repository: Pick<Repository, "id">) => (await of(db, repository).execute()).map(toUpload),

    async startedBefore(time: Date): Promise<LayerUpload[]> {
      const rows = await db
        .selectFrom("ecr_layer_uploads")
        .selectAll()
        .where("started_at", "<", time.getTime())
        .execute();
      return rows.map(toUpload);
    },
  };
}

function of(db: Kysely<Tables>, { id }: Pick<Repository, "id">) {
  return db.selectFrom("ecr_layer_uploads").selectAll().where("repository_id", "=", id);
}

function toUpload(row: Selectable<Tables["ecr_layer_uploads"]>): LayerUpload {
  return {
    id: row.upload_id,
    startedAt: new Date(row.started_at),
    location: row.location,
    received: row.received,
    parts: row.parts,
    smallest: row.smallest_part ?? undefined,
    last: row.last_part,
  };
}

function toRow(upload: LayerUpload) {
  return {
    started_at: upload.startedAt.getTime(),
    location: upload.location,
    received: upload.received,
    parts: upload.parts,
    smallest_part: upload.smallest ?? null,
    last_part: upload.last,
  };
}
