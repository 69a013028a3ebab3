import type { Database } from "../../../storage/database.ts";
import { fitsRegexQuota } from "../filters/regex-quota.ts";
import type { Progress, Subscription } from "./subscription.ts";

const columns = ["group_id", "name", "pattern", "destination_arn", "created_at"] as const;

/** All SQL of subscription filters. */
export function subscriptionRecords({ db, transaction }: Pick<Database, "db" | "transaction">) {
  function select() {
    return db.selectFrom("logs_subscription_filters").select(columns).orderBy("group_id").orderBy("name");
  }

  return {
    /** Makes a filter, which begins with what comes from now on, or replaces one, unless the group has `most` others. */
    put(subscription: Subscription, most: number): Promise<"put" | "too many" | "gone"> {
      const { groupId, name, createdAt } = subscription;
      return transaction(async (open) => {
        const group = open.selectFrom("logs_groups").select("group_id").where("group_id", "=", groupId);
        if (!(await group.executeTakeFirst())) return "gone";
        const { count } = await open
          .selectFrom("logs_subscription_filters")
          .select((one) => one.fn.countAll().as("count"))
          .where("group_id", "=", groupId)
          .where("name", "!=", name)
          .executeTakeFirstOrThrow();
        if (Number(count) >= most) return "too many";
        const replaced = { table: "logs_subscription_filters", name } as const;
        if (!(await fitsRegexQuota(open, groupId, subscription.pattern, replaced))) return "too many";
        const content = {
          ...{ pattern: Buffer.from(subscription.pattern), destination_arn: subscription.destinationArn },
        };
        await open
          .insertInto("logs_subscription_filters")
          .values({
            ...{ group_id: groupId, name, ...content, created_at: createdAt },
            ...{ delivered_to: createdAt, delivered: "[]" },
          })
          .onConflict((conflict) => conflict.columns(["group_id", "name"]).doUpdateSet(content))
          .execute();
        return "put";
      });
    },

    /** By name. */
    async list(groupId: string): Promise<Subscription[]> {
      return (await select().where("group_id", "=", groupId).execute()).map(toSubscription);
    },

    /** Of all groups. */
    async all(): Promise<Subscription[]> {
      return (await select().execute()).map(toSubscription);
    },

    /** `undefined` if it is gone. */
    async progress({ groupId, name }: Subscription): Promise<Progress | undefined> {
      const row = await db
        .selectFrom("logs_subscription_filters")
        .select(["delivered_to", "delivered"])
        .where("group_id", "=", groupId)
        .where("name", "=", name)
        .executeTakeFirst();
      return (
        row && {
          deliveredTo: Number(row.delivered_to),
          delivered: JSON.parse(row.delivered) as Progress["delivered"],
        }
      );
    },

    async setProgress({ groupId, name }: Subscription, { deliveredTo, delivered }: Progress): Promise<void> {
      await db
        .updateTable("logs_subscription_filters")
        .set({ delivered_to: deliveredTo, delivered: JSON.stringify(delivered) })
        .where("group_id", "=", groupId)
        .where("name", "=", name)
        .execute();
    },

    /** The time from which on a group's batches must stay as they are; `undefined` where nobody reads them. */
    async undeliveredSince(groupId: string): Promise<number | undefined> {
      const { since } = await db
        .selectFrom("logs_subscription_filters")
        .select((one) => one.fn.min("delivered_to").as("since"))
        .where("group_id", "=", groupId)
        .executeTakeFirstOrThrow();
      return since === null ? undefined : Number(since);
    },

    /** False if there is none. */
    async remove(groupId: string, name: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom("logs_subscription_filters")
        .where("group_id", "=", groupId)
        .where("name", "=", name)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function toSubscription(row: {
  readonly group_id: string;
  readonly name: string;
  readonly pattern: Uint8Array;
  readonly destination_arn: string;
  readonly created_at: number | string;
}): Subscription {
  return {
    ...{ groupId: row.group_id, name: row.name, pattern: Buffer.from(row.pattern).toString() },
    ...{ destinationArn: row.destination_arn, createdAt: Number(row.created_at) },
  };
}
