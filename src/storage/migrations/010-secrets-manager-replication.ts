import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface SecretsManagerReplicationTables {
  sm_secrets: {
    /** Of a replica: its primary's region. */
    primary_region: string | null;
    /** JSON list of region, KMS key and failure; null where the secret is in no other region. */
    replicas: string | null;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text } = columnTypes(db);
  await db.schema.alterTable("sm_secrets").addColumn("primary_region", text).execute();
  await db.schema.alterTable("sm_secrets").addColumn("replicas", text).execute();
}
