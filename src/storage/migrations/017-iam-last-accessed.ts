import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface IamLastAccessedTables {
  /** Reports of when services were last accessed. */
  iam_last_accessed_jobs: {
    /** A UUID. */
    id: string;
    account: string;
    /** Id of the user or role that asked for it, or the account's for its root user. */
    requester: string;
    granularity: string;
    created_at: number;
    /** JSON object: which services and entities it is about. */
    subject: string;
    completed_at: number | null;
    /** JSON array of calls, once it is complete. */
    calls: string | null;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, integer } = columnTypes(db);
  await db.schema
    .createTable("iam_last_accessed_jobs")
    .addColumn("id", text, (column) => column.primaryKey().notNull())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("requester", text, (column) => column.notNull())
    .addColumn("granularity", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("subject", text, (column) => column.notNull())
    .addColumn("completed_at", integer)
    .addColumn("calls", text)
    .execute();
}
