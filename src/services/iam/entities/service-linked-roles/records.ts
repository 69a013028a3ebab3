import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";

/** For so long, in milliseconds, it can be asked what became of a deletion. */
const kept = 7 * 24 * 60 * 60 * 1000;

/** The SQL of deletions of service-linked roles. */
export function deletionTaskStatements(db: Kysely<Tables>) {
  return {
    /** Forgets old ones. */
    async insertDeletionTask(task: { readonly id: string; readonly account: string; readonly createdAt: Date }) {
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
    async hasDeletionTask(account: string, id: string): Promise<boolean> {
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
