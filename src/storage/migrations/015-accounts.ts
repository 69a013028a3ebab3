import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface AccountTables {
  /** The accounts beside the installation's first. */
  accounts: {
    /** 12 digits. */
    id: string;
    name: string;
    email: string;
    /** The address in lower case: no two accounts have the same. */
    email_key: string;
    /** JSON object. */
    tags: string;
    created_at: number;
    /** Null, with the secret, until the root user has an access key. */
    root_key_id: string | null;
    /** Sealed by the keyring. */
    root_secret: Uint8Array | null;
  };
  /** What came of each CreateAccount. */
  account_requests: {
    /** `car-…` */
    id: string;
    account_name: string;
    /** Null where none was made. */
    account_id: string | null;
    failure: string | null;
    created_at: number;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("accounts")
    .addColumn("id", text, (column) => column.primaryKey().notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("email", text, (column) => column.notNull())
    .addColumn("email_key", text, (column) => column.notNull().unique())
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("root_key_id", text, (column) => column.unique())
    .addColumn("root_secret", bytes)
    .execute();
  await db.schema
    .createTable("account_requests")
    .addColumn("id", text, (column) => column.primaryKey().notNull())
    .addColumn("account_name", text, (column) => column.notNull())
    .addColumn("account_id", text)
    .addColumn("failure", text)
    .addColumn("created_at", integer, (column) => column.notNull())
    .execute();
}
