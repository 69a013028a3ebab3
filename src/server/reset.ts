import { tables as auditTables } from "../audit/index.ts";
import { services } from "../services/index.ts";
import type { Database } from "../storage/database.ts";

/** Deletes every row of every service's tables. The schema, the check of the root key and the leases stay. */
export async function emptyDatabase({ transaction }: Database): Promise<void> {
  const tables = [...services.flatMap((service) => service.tables), ...auditTables];
  await transaction(async (open) => {
    // Named one by one, because a PostgreSQL database may also hold tables of others.
    for (const table of tables) await open.deleteFrom(table).execute();
  });
}
