import type { Kysely, Selectable } from "kysely";
import type { LastCall } from "../../../audit/index.ts";
import type { IamTables } from "../../../storage/schema/iam.ts";
import type { Tables } from "../../../storage/schema/index.ts";

/** For so long, in milliseconds, a report can be asked for. */
const kept = 7 * 24 * 60 * 60 * 1000;

/** A user or role as a report shows it. */
export interface ReportedEntity {
  readonly arn: string;
  readonly id: string;
  readonly kind: "user" | "role";
  readonly name: string;
  readonly path: string;
}

/** A report of when services were last accessed, on its way or done. */
export interface LastAccessedJob {
  readonly id: string;
  readonly account: string;
  /** Id of the user or role that asked for it, or the account's for its root user: nobody else may read it. */
  readonly requester: string;
  readonly granularity: "SERVICE_LEVEL" | "ACTION_LEVEL";
  readonly createdAt: Date;
  /** The services that policies allow, and whom they allow it. */
  readonly services: readonly string[];
  readonly entities: readonly ReportedEntity[];
  readonly done: { readonly at: Date; readonly calls: readonly LastCall[] } | undefined;
}

/** The SQL of reports of when services were last accessed. */
export function lastAccessedStatements(db: Kysely<Tables>) {
  return {
    /** Forgets old ones. */
    async insertLastAccessedJob(job: Omit<LastAccessedJob, "done">): Promise<void> {
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
    /** Whoever completes it first has completed it. */
    async completeLastAccessedJob(id: string, done: NonNullable<LastAccessedJob["done"]>): Promise<void> {
      await db
        .updateTable("iam_last_accessed_jobs")
        .set({ completed_at: done.at.getTime(), calls: JSON.stringify(done.calls) })
        .where("id", "=", id)
        .where("completed_at", "is", null)
        .execute();
    },
    async findLastAccessedJob(account: string, id: string, now: Date): Promise<LastAccessedJob | undefined> {
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

function toJob(row: Selectable<IamTables["iam_last_accessed_jobs"]>): LastAccessedJob {
  const { id, account, requester } = row;
  const calls = JSON.parse(row.calls ?? "[]") as (Omit<LastCall, "at"> & { readonly at: string })[];
  return {
    ...{ id, account, requester },
    granularity: row.granularity as LastAccessedJob["granularity"],
    createdAt: new Date(row.created_at),
    ...(JSON.parse(row.subject) as Pick<LastAccessedJob, "services" | "entities">),
    done:
      row.completed_at === null
        ? undefined
        : { at: new Date(row.completed_at), calls: calls.map((call) => ({ ...call, at: new Date(call.at) })) },
  };
}
