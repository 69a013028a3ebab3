import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";

/** Milliseconds for which the outcome of a deletion is kept. */
const kept = 7 * 24 * 60 * 60 * 1000;

/** The SQL of deletions of service-linked roles. */
export function deletionTaskRecords(db: Kysely<Tables>) {
  return {
    /** Also deletes old ones. */
    async insert(task: { readonly id: string; readonly account: string; readonly createdAt: Date }) {
      const createdAt = task.createdAt.getTime();
      await db
        .deleteFrom("iam_deletion_tasks")
        .where("created_at", "<", createdAt - kept)
        .execute();
      await db
        .insertInto("iam_deletion_tasks")
        .values({ id: task.id, account: task.account, created_at: createdAt })
        .execute();
    },
    async has(account: string, id: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_deletion_tasks")
        .select("id")
        .where("id", "=", id)
        .where("account", "=", account)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
