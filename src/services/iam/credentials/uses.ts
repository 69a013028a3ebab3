import { writeBehind } from "../../../concurrency/write-behind.ts";
import type { Principal } from "../../../model/call.ts";
import type { Database } from "../../../storage/database.ts";
import { idWithoutSession } from "../unique-id.ts";

/** The last request that an access key, or a session of a role, signed. */
export interface Use {
  readonly usedAt: Date;
  /** The service's name as it signs: `ssm`. */
  readonly service: string;
  readonly region: string;
}

/**
 * The last uses of access keys and roles. They are kept in memory and written once a minute and at the end: a request costs
 * no write, and a crash may lose the uses of the last minute.
 */
export function useRecords(database: Database) {
  const { keep, unwritten, write } = writeBehind<Use>(async (uses) => {
    await database.transaction(async (db) => {
      for (const [id, { usedAt, service, region }] of uses) {
        const used = { used_at: usedAt.getTime(), service, region };
        // A key or role that was deleted has no use.
        const owner = id.startsWith("AKIA")
          ? db.selectFrom("iam_access_keys as o")
          : db.selectFrom("iam_entities as o");
        await db
          .insertInto("iam_uses")
          .columns(["id", "used_at", "service", "region"])
          .expression(
            owner
              .select("o.id")
              .select((select) => [
                select.cast<number>(select.val(used.used_at), "bigint").as("used_at"),
                select.cast<string>(select.val(service), "text").as("service"),
                select.cast<string>(select.val(region), "text").as("region"),
              ])
              .where("o.id", "=", id),
          )
          .onConflict((conflict) =>
            conflict
              .column("id")
              .doUpdateSet(used)
              // Another process may have written a later one.
              .where("iam_uses.used_at", "<=", used.used_at),
          )
          .execute();
      }
    });
  });

  return {
    /** Notes that the principal signed a request. Nothing is kept of root and service principals. */
    note({ kind, accessKeyId, userId }: Principal, use: Use): void {
      if (kind === "user" && accessKeyId.startsWith("AKIA")) keep(accessKeyId, use);
      else if (kind === "assumed-role") keep(idWithoutSession(userId), use);
    },
    write,
    /** The last uses of access keys or roles, by id. Those that another process noted are seen a minute later. */
    async find(ids: readonly string[]): Promise<ReadonlyMap<string, Use>> {
      if (ids.length === 0) return new Map();
      // They are not written first: every request that asks is a use itself.
      const kept = ids.map((id) => [id, unwritten(id)] as const);
      const rows = await database.db.selectFrom("iam_uses").selectAll().where("id", "in", ids).execute();
      const uses = new Map(
        rows.map(({ id, used_at, service, region }) => [id, { usedAt: new Date(used_at), service, region }]),
      );
      for (const [id, use] of kept) {
        if (use && use.usedAt >= (uses.get(id)?.usedAt ?? use.usedAt)) uses.set(id, use);
      }
      return uses;
    },
  };
}
