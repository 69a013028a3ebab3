import type { ImageTagMutability } from "@aws-sdk/client-ecr";
import type { Kysely, Selectable } from "kysely";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { isSameToPolicies } from "./access.ts";
import type { Repository, Scope } from "./repository.ts";

/** The SQL of repositories. */
export function repositoryRecords(database: Database) {
  return {
    find: (scope: Scope, name: string) => findRow(database.db, scope, name),

    /** In the order of their names, behind `after`. */
    async list({ account, region }: Scope, after: string, limit: number): Promise<Repository[]> {
      const rows = await database.db
        .selectFrom("ecr_repositories")
        .selectAll()
        .where("account", "=", account)
        .where("region", "=", region)
        .where("name", ">", after)
        .orderBy("name")
        .limit(limit)
        .execute();
      return rows.map(toRepository);
    },

    /** False if there is one of the name. */
    async create(repository: Repository): Promise<boolean> {
      const { account, region, name } = repository;
      const { numInsertedOrUpdatedRows: count } = await database.db
        .insertInto("ecr_repositories")
        .values({ account, region, name, ...toRow(repository) })
        .onConflict((conflict) => conflict.columns(["account", "region", "name"]).doNothing())
        .executeTakeFirst();
      return count === 1n;
    },

    /** Changes what `found` has become; `undefined` if policies may decide otherwise on that. */
    change(found: Repository, change: (now: Repository) => Repository): Promise<Repository | undefined> {
      return database.transaction(async (db) => {
        const now = await findUnchanged(db, found);
        if (!now) return undefined;
        const changed = change(now);
        await db.updateTable("ecr_repositories").set(toRow(changed)).where("repository_id", "=", now.id).execute();
        return changed;
      });
    },

    /** Deletes a repository with its images; one that has images only where `force` is given. */
    remove(found: Repository, force: boolean): Promise<"removed" | "not empty" | "outrun"> {
      return database.transaction(async (db) => {
        const now = await findUnchanged(db, found);
        if (!now) return "outrun";
        const { id } = now;
        const images = db.selectFrom("ecr_images").select("digest").where("repository_id", "=", id).limit(1);
        if (!force && (await images.executeTakeFirst())) return "not empty";
        for (const table of [
          "ecr_image_tags",
          "ecr_images",
          "ecr_lifecycle_previews",
          "ecr_layer_uploads",
          "ecr_repositories",
        ] as const) {
          await db.deleteFrom(table).where("repository_id", "=", id).execute();
        }
        return "removed";
      });
    },
  };
}

async function findRow(db: Kysely<Tables>, { account, region }: Scope, name: string): Promise<Repository | undefined> {
  const row = await db
    .selectFrom("ecr_repositories")
    .selectAll()
    .where("account", "=", account)
    .where("region", "=", region)
    .where("name", "=", name)
    .executeTakeFirst();
  return row && toRepository(row);
}

/** What `found` is now; `undefined` if it is gone, or policies may decide otherwise on it. */
export async function findUnchanged(db: Kysely<Tables>, found: Repository): Promise<Repository | undefined> {
  const now = await findRow(db, found, found.name);
  return now && isSameToPolicies(now, found) ? now : undefined;
}

export function toRepository(row: Selectable<Tables["ecr_repositories"]>): Repository {
  return {
    id: row.repository_id,
    account: row.account,
    region: row.region,
    name: row.name,
    createdAt: new Date(row.created_at),
    tagMutability: row.tag_mutability as ImageTagMutability,
    mutabilityExclusions: JSON.parse(row.mutability_exclusions),
    scanOnPush: row.scan_on_push === 1,
    policy: row.policy === null ? undefined : Buffer.from(row.policy).toString(),
    tags: JSON.parse(row.tags),
    lifecyclePolicy: row.lifecycle_policy === null ? undefined : Buffer.from(row.lifecycle_policy).toString(),
    lifecycleEvaluatedAt: row.lifecycle_evaluated_at === null ? undefined : new Date(row.lifecycle_evaluated_at),
  };
}

function toRow(repository: Repository) {
  return {
    repository_id: repository.id,
    created_at: repository.createdAt.getTime(),
    tag_mutability: repository.tagMutability,
    mutability_exclusions: JSON.stringify(repository.mutabilityExclusions),
    scan_on_push: repository.scanOnPush ? 1 : 0,
    policy: repository.policy === undefined ? null : Buffer.from(repository.policy),
    tags: JSON.stringify(repository.tags),
    lifecycle_policy: repository.lifecyclePolicy === undefined ? null : Buffer.from(repository.lifecyclePolicy),
    lifecycle_evaluated_at: repository.lifecycleEvaluatedAt?.getTime() ?? null,
  };
}
