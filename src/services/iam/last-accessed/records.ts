import type { Kysely, Selectable } from "kysely";
import type { LastCall } from "../../../audit/index.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { LastAccessedJob } from "./job.ts";

/** Milliseconds for which a report is kept. */
const kept = 7 * 24 * 60 * 60 * 1000;

/** The SQL of reports of when services were last accessed. */
export function lastAccessedRecords(db: Kysely<Tables>) {
  return {
    /** Also deletes old ones. */
    async insert(job: Omit<LastAccessedJob, "done">): Promise<void> {
      const createdAt = job.createdAt.getTime();
      await db
        .deleteFrom("iam_last_accessed_jobs")
        .where("created_at", "<", createdAt - kept)
        .execute();
      const { id, account, requester, granularity, services, entities } = job;
      const subject = JSON.stringify({ services, entities });
      await db
        .insertInto("iam_last_accessed_jobs")
        .values({ id, account, requester, granularity, created_at: createdAt, subject })
        .execute();
    },
    /** Does nothing where another process has completed it already. */
    async complete(id: string, done: NonNullable<LastAccessedJob["done"]>): Promise<void> {
      await db
        .updateTable("iam_last_accessed_jobs")
        .set({ completed_at: done.at.getTime(), calls: JSON.stringify(done.calls) })
        .where("id", "=", id)
        .where("completed_at", "is", null)
        .execute();
    },
    async find(account: string, id: string, now: Date): Promise<LastAccessedJob | undefined> {
      const row = await db
        .selectFrom("iam_last_accessed_jobs")
        .selectAll()
        .where("id", "=", id)
        .where("account", "=", account)
        .where("created_at", ">=", now.getTime() - kept)
        .executeTakeFirst();
      return row && toJob(row);
    },
  };
}

function toJob(row: Selectable<Tables["iam_last_accessed_jobs"]>): LastAccessedJob {
  const { id, account, requester } = row;
  const calls: (Omit<LastCall, "at"> & { readonly at: string })[] = JSON.parse(row.calls ?? "[]");
  const { services, entities }: Pick<LastAccessedJob, "services" | "entities"> = JSON.parse(row.subject);
  return {
    ...{ id, account, requester, services, entities },
    granularity: row.granularity === "ACTION_LEVEL" ? "ACTION_LEVEL" : "SERVICE_LEVEL",
    createdAt: new Date(row.created_at),
    done:
      row.completed_at === null
        ? undefined
        : { at: new Date(row.completed_at), calls: calls.map((call) => ({ ...call, at: new Date(call.at) })) },
  };
}
