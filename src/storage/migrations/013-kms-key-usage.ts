import { type Kysely, sql } from "kysely";
import { columnTypes } from "../columns.ts";

export interface KmsKeyUsageTables {
  kms_key_usages: {
    region: string;
    key_id: string;
    /** Null where that is when the key was made. */
    tracked_since: number | null;
    /** The last cryptographic operation that succeeded; null, with the rest, where none did since. */
    operation: string | null;
    used_at: number | null;
    request_id: string | null;
    event_id: string | null;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, integer } = columnTypes(db);
  await db.schema
    .createTable("kms_key_usages")
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("key_id", text, (column) => column.notNull())
    .addColumn("tracked_since", integer)
    .addColumn("operation", text)
    .addColumn("used_at", integer)
    .addColumn("request_id", text)
    .addColumn("event_id", text)
    .addPrimaryKeyConstraint("kms_key_usages_by_key", ["key_id", "region"])
    .execute();
  // Of the keys that are there already nobody knows whether they were used before.
  const now = sql.lit(Date.now());
  await sql`insert into kms_key_usages select region, key_id, ${now}, null, null, null, null from kms_keys`.execute(db);
}
