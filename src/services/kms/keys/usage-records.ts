import type { KeyLastUsageTrackingOperation } from "@aws-sdk/client-kms";
import { writeBehind } from "../../../concurrency/write-behind.ts";
import type { Call } from "../../../model/call.ts";
import type { KeyName } from "../materials/records.ts";
import { day, type StoreParts } from "../store-parts.ts";
import type { Key } from "./key.ts";

/** The last cryptographic operation that a key did. */
export interface Usage {
  readonly operation: KeyLastUsageTrackingOperation;
  readonly usedAt: Date;
  readonly requestId: string;
  readonly eventId: string;
}

/**
 * When keys were last used. Uses are kept in memory and written once a minute and at the end: a key's use costs no write
 * of its own, and a crash may lose the last minute's.
 * https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-keys-determining-usage.html
 */
export function usageStore({ database, now }: StoreParts) {
  const { keep, write: writeUsages } = writeBehind<KeyName & Usage>(async (usages) => {
    await database.transaction(async (db) => {
      for (const { region, id, operation, usedAt, requestId, eventId } of usages.values()) {
        const used = { operation, used_at: usedAt.getTime(), request_id: requestId, event_id: eventId };
        await db
          .insertInto("kms_key_usages")
          .columns(["region", "key_id", "operation", "used_at", "request_id", "event_id"])
          .expression(
            // Not of a key that is gone.
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
                where.or([
                  where("kms_key_usages.used_at", "is", null),
                  where("kms_key_usages.used_at", "<=", used.used_at),
                ]),
              ),
          )
          .execute();
      }
    });
  });

  /** What is known of the key's uses: here at once, of other processes' within a minute. */
  async function usageOf({ region, id, createdAt }: KeyName & Pick<Key, "createdAt">): Promise<{
    readonly trackedSince: Date;
    readonly last?: Usage;
  }> {
    await writeUsages();
    const row = await database.db
      .selectFrom("kms_key_usages")
      .selectAll()
      .where("region", "=", region)
      .where("key_id", "=", id)
      .executeTakeFirst();
    const trackedSince = row?.tracked_since ? new Date(row.tracked_since) : createdAt;
    if (!row?.operation) return { trackedSince };
    const operation = row.operation as Usage["operation"];
    const { request_id: requestId, event_id: eventId } = row;
    return {
      trackedSince,
      last: { operation, usedAt: new Date(row.used_at!), requestId: requestId!, eventId: eventId! },
    };
  }

  return {
    /** Notes that the call's operation used the key. */
    noteUsage(
      { region, id }: KeyName,
      operation: Usage["operation"],
      { requestId, eventId }: Pick<Call, "requestId" | "eventId">,
    ): void {
      keep(`${region} ${id}`, { region, id, operation, usedAt: new Date(now()), requestId, eventId });
    },
    writeUsages,
    usageOf,
    /** Whole days since the key was last used; `undefined` where no use is known. */
    async daysWithoutUsage(key: Key): Promise<number | undefined> {
      const { last } = await usageOf(key);
      return last && Math.floor((now() - last.usedAt.getTime()) / day);
    },
  };
}
