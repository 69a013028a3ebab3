import type { Database } from "../../../storage/database.ts";
import { toRepository } from "../repositories/records.ts";
import type { Repository } from "../repositories/repository.ts";

/** What a policy would do. */
export interface Preview {
  readonly policyText: string;
  readonly results: readonly PreviewResult[];
}

export interface PreviewResult {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: number;
  readonly priority: number;
}

/** The SQL of lifecycle policies. The policies themselves stand with their repositories. */
export function lifecycleRecords({ db }: Pick<Database, "db">) {
  return {
    /** Repositories whose policies were last evaluated before `time`, or never. */
    async due(time: number): Promise<Repository[]> {
      const rows = await db
        .selectFrom("ecr_repositories")
        .selectAll()
        .where("lifecycle_policy", "is not", null)
        .where((where) =>
          where.or([where("lifecycle_evaluated_at", "is", null), where("lifecycle_evaluated_at", "<=", time)]),
        )
        .execute();
      return rows.map(toRepository);
    },

    /** Unless it has another policy by now. */
    async noteEvaluation({ id, lifecyclePolicy = "" }: Repository, now: Date): Promise<void> {
      await db
        .updateTable("ecr_repositories")
        .set({ lifecycle_evaluated_at: now.getTime() })
        .where("repository_id", "=", id)
        .where("lifecycle_policy", "=", Buffer.from(lifecyclePolicy))
        .execute();
    },

    async putPreview({ id }: Pick<Repository, "id">, { policyText, results }: Preview): Promise<void> {
      const content = { policy: Buffer.from(policyText), results: JSON.stringify(results) };
      await db
        .insertInto("ecr_lifecycle_previews")
        .values({ repository_id: id, ...content })
        .onConflict((conflict) => conflict.column("repository_id").doUpdateSet(content))
        .execute();
    },

    async preview({ id }: Pick<Repository, "id">): Promise<Preview | undefined> {
      const query = db.selectFrom("ecr_lifecycle_previews").selectAll().where("repository_id", "=", id);
      const row = await query.executeTakeFirst();
      return (
        row && {
          policyText: Buffer.from(row.policy).toString(),
          results: JSON.parse(row.results) as PreviewResult[],
        }
      );
    },
  };
}
