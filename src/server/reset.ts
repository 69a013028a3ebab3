import { sql } from "kysely";
import type { Database } from "../storage/database.ts";

/** Deletes every row of every table; the schema stays. */
export async function emptyDatabase({ db, transaction }: Database): Promise<void> {
  const tables = await db.introspection.getTables();
  await transaction(async (open) => {
    for (const { name } of tables) await sql`delete from ${sql.table(name)}`.execute(open);
  });
}
