import { tables as auditTables } from "../audit/index.ts";
import { services } from "../services/index.ts";
import type { Database } from "../storage/database.ts";

/** Deletes every row of every service and of the audit trail. The schema, the root key check and the leases stay. */
export async function emptyDatabase({ transaction }: Database): Promise<void> {
  const tables = [...services.flatMap((service) => service.tables), ...auditTables];
  await transaction(async (open) => {
    // By name, because a PostgreSQL database may also hold other programs' tables.
    for (const table of tables) await open.deleteFrom(table).execute();
  });
}
