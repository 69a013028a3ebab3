import type { KeyLastUsageTrackingOperation } from "@aws-sdk/client-kms";
import type { Kysely } from "kysely";
import { writeBehind } from "../../../concurrency/write-behind.ts";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { day, type StoreParts } from "../store-parts.ts";
import type { Key, KeyName } from "./key.ts";

/** A key's last cryptographic operation. */
export interface Usage {
  readonly operation: KeyLastUsageTrackingOperation;
  readonly usedAt: Date;
  readonly requestId: string;
  readonly eventId: string;
}

export interface KnownUsage {
  readonly trackedSince: Date;
  /** Absent where no use is known. */
  readonly last?: Usage;
}

/**
 * When keys were last used. Uses are kept in memory and written once a minute and at the end: a key's use costs no write
 * of its own, and a crash may lose the last minute's.
 * https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-keys-determining-usage.html
 */
export function usageRecords({ database, now }: StoreParts) {
  const { keep, write } = writeBehind<KeyName & Usage>(async (usages) => {
    await database.transaction(async (db) => {
      for (const usage of usages.values()) await writeUsage(db, usage);
    });
  });

  /** This process's uses at once, those of other processes within a minute. */
  async function find({ region, id, createdAt }: KeyName & Pick<Key, "createdAt">): Promise<KnownUsage> {
    await write();
    const row = await database.db
      .selectFrom("kms_key_usages")
      .selectAll()
      .where("region", "=", region)
      .where("key_id", "=", id)
      .executeTakeFirst();
    const trackedSince = row?.tracked_since ? new Date(row.tracked_since) : createdAt;
    return { trackedSince, ...defined({ last: row && lastUsage(row) }) };
  }

  return {
    /** Notes that the call's operation used the key. */
    note(
      { region, id }: KeyName,
      operation: Usage["operation"],
      { requestId, eventId }: Pick<Call, "requestId" | "eventId">,
    ): void {
      keep(`${region} ${id}`, { region, id, operation, usedAt: new Date(now()), requestId, eventId });
    },
    write,
    find,
    /** Whole days since the key was last used; `undefined` where no use is known. */
    async daysWithout(key: Key): Promise<number | undefined> {
      const { last } = await find(key);
      return last && Math.floor((now() - last.usedAt.getTime()) / day);
    },
  };
}

async function writeUsage(
  db: Kysely<Tables>,
  { region, id, operation, usedAt, requestId, eventId }: KeyName & Usage,
): Promise<void> {
  const used = { operation, used_at: usedAt.getTime(), request_id: requestId, event_id: eventId };
  await db
    .insertInto("kms_key_usages")
    .columns(["region", "key_id", "operation", "used_at", "request_id", "event_id"])
    .expression(
      // The key may be gone.
      db
        .selectFrom("kms_keys as k")
        .select(["k.region", "k.key_id"])
        .select((select) => [
          select.cast<string>(select.val(used.operation), "text").as("operation"),
          select.cast<number>(select.val(used.used_at), "bigint").as("used_at"),
          select.cast<string>(select.val(used.request_id), "text").as("request_id"),
          select.cast<string>(select.val(used.event_id), "text").as("event_id"),
        ])
        .where("k.region", "=", region)
        .where("k.key_id", "=", id),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["key_id", "region"])
        .doUpdateSet(used)
        // Another process may have written a later one.
        .where((where) =>
          where.or([where("kms_key_usages.used_at", "is", null), where("kms_key_usages.used_at", "<=", used.used_at)]),
        ),
    )
    .execute();
}

/** All four columns are set or none. */
function lastUsage(row: {
  readonly operation: string | null;
  readonly used_at: number | null;
  readonly request_id: string | null;
  readonly event_id: string | null;
}): Usage | undefined {
  const { operation, used_at, request_id: requestId, event_id: eventId } = row;
  if (operation === null || used_at === null || requestId === null || eventId === null) return undefined;
  return { operation: operation as Usage["operation"], usedAt: new Date(used_at), requestId, eventId };
}
