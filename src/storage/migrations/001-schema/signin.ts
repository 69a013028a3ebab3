import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  await db.schema
    .createTable("signin_sessions")
    .addColumn("id", text, (column) => column.primaryKey().notNull())
    .addColumn("account", text, required)
    .addColumn("principal", text, required)
    .addColumn("origin", text, required)
    .addColumn("client_id", text, required)
    .addColumn("redirect_uri", text, required)
    .addColumn("code_challenge", text, required)
    .addColumn("issued_at", integer, required)
    .addColumn("ends_at", integer, required)
    .addColumn("key_thumbprint", text)
    .execute();
  await db.schema
    .createTable("signin_tokens")
    .addColumn("hash", text, (column) => column.primaryKey().notNull())
    .addColumn("session_id", text, required)
    .addColumn("kind", text, required)
    .addColumn("expires_at", integer, required)
    .addColumn("used_at", integer)
    .addColumn("used_with", text)
    .execute();
  await db.schema.createIndex("signin_tokens_of_session").on("signin_tokens").column("session_id").execute();
  await db.schema
    .createTable("signin_attempts")
    .addColumn("user_key", text, (column) => column.primaryKey().notNull())
    .addColumn("failures", integer, required)
    .addColumn("next_at", integer, required)
    .execute();
}
