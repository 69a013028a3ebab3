import { type RawBuilder, sql } from "kysely";
import { isPostgres } from "./columns.ts";
import type { Database } from "./database.ts";

/** Leases by the database's own clock, so that replicas need not agree on the time. */
export function leaseRecords({ db }: Pick<Database, "db">) {
  const now = databaseTime(db);
  return {
    /** Takes the leases that are free or expired, renews those that the holder has, and gives the names that it now holds. */
    async hold(names: readonly string[], holder: string, milliseconds: number): Promise<readonly string[]> {
      const expiry = sql<number>`${now} + ${sql.lit(milliseconds)}`;
      const held = await db
        .insertInto("leases")
        // Always in one order: two replicas that lock the same rows do not wait for each other.
        .values([...names].sort().map((name) => ({ name, holder, expires_at: expiry })))
        .onConflict((conflict) =>
          conflict
            .column("name")
            .doUpdateSet({ holder, expires_at: expiry })
            .where((where) => where.or([where("leases.holder", "=", holder), where("leases.expires_at", "<=", now)])),
        )
        .returning("name")
        .execute();
      return held.map(({ name }) => name);
    },
    /** Gives up everything that the holder has. */
    async release(holder: string): Promise<void> {
      await db.deleteFrom("leases").where("holder", "=", holder).execute();
    },
    /** Everyone who holds something now. */
    async holders(): Promise<ReadonlySet<string>> {
      const rows = await db.selectFrom("leases").select("holder").distinct().where("expires_at", ">", now).execute();
      return new Set(rows.map(({ holder }) => holder));
    },
    /** Forgets leases that nobody has renewed for so long. */
    async forget(milliseconds: number): Promise<void> {
      await db
        .deleteFrom("leases")
        .where("expires_at", "<", sql<number>`${now} - ${sql.lit(milliseconds)}`)
        .execute();
    },
  };
}

/** Milliseconds since 1970. */
function databaseTime(db: Database["db"]): RawBuilder<number> {
  if (isPostgres(db)) return sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
  return sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
}
