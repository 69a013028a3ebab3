import { type Kysely, type Selectable, sql } from "kysely";
import type { IamTables } from "../../../storage/schema/iam.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { type Entity, type EntityKind, type Group, nameKey, type Role, type Tags, type User } from "./entity.ts";

type OfKind<K extends EntityKind> = K extends "role" ? Role : K extends "user" ? User : Group;

/** What of an entity may be changed; `undefined` members are left as they are, `null` clears. */
export interface EntityChanges {
  readonly name?: string | undefined;
  readonly path?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly boundaryArn?: string | null | undefined;
  readonly trustPolicy?: string | undefined;
  readonly description?: string | undefined;
  readonly maxSessionDuration?: number | undefined;
}

/** The SQL of roles, users and groups. */
export function entityStatements(db: Kysely<Tables>) {
  return {
    async findEntity<K extends EntityKind>(account: string, kind: K, name: string): Promise<OfKind<K> | undefined> {
      const row = await db
        .selectFrom("iam_entities")
        .selectAll()
        .where("account", "=", account)
        .where("kind", "=", kind)
        .where("name_key", "=", nameKey(name))
        .where("name", "=", name)
        .executeTakeFirst();
      return row && (toEntity(row) as OfKind<K>);
    },
    async findEntityById(id: string): Promise<Entity | undefined> {
      const row = await db.selectFrom("iam_entities").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toEntity(row);
    },
    /** By id. */
    async findRolesById(ids: readonly string[]): Promise<ReadonlyMap<string, Role>> {
      if (ids.length === 0) return new Map();
      const rows = await db.selectFrom("iam_entities").selectAll().where("id", "in", ids).execute();
      return new Map(rows.map((row) => [row.id, toEntity(row) as Role]));
    },
    /** Whether the name is taken, in whatever case. */
    async isTaken(account: string, kind: EntityKind, name: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_entities")
        .select("id")
        .where("account", "=", account)
        .where("kind", "=", kind)
        .where("name_key", "=", nameKey(name))
        .executeTakeFirst();
      return row !== undefined;
    },
    async countEntities(account: string, kind: EntityKind): Promise<number> {
      const row = await db
        .selectFrom("iam_entities")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("account", "=", account)
        .where("kind", "=", kind)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async insertEntity(entity: Entity): Promise<void> {
      const role = entity.kind === "role" ? entity : undefined;
      await db
        .insertInto("iam_entities")
        .values({
          id: entity.id,
          account: entity.account,
          kind: entity.kind,
          name: entity.name,
          name_key: nameKey(entity.name),
          path: entity.path,
          boundary_arn: entity.boundaryArn ?? null,
          tags: JSON.stringify(entity.tags),
          created_at: entity.createdAt.getTime(),
          trust_policy: role?.trustPolicy ?? null,
          description: role?.description ?? null,
          max_session_duration: role?.maxSessionDuration ?? null,
        })
        .execute();
    },
    async updateEntity(id: string, changes: EntityChanges): Promise<void> {
      const columns = {
        ...(changes.name !== undefined && { name: changes.name, name_key: nameKey(changes.name) }),
        ...(changes.path !== undefined && { path: changes.path }),
        ...(changes.tags !== undefined && { tags: JSON.stringify(changes.tags) }),
        ...(changes.boundaryArn !== undefined && { boundary_arn: changes.boundaryArn }),
        ...(changes.trustPolicy !== undefined && { trust_policy: changes.trustPolicy }),
        ...(changes.description !== undefined && { description: changes.description }),
        ...(changes.maxSessionDuration !== undefined && { max_session_duration: changes.maxSessionDuration }),
      };
      if (Object.keys(columns).length === 0) return;
      await db.updateTable("iam_entities").set(columns).where("id", "=", id).execute();
    },
    async deleteEntity(id: string): Promise<void> {
      await db.deleteFrom("iam_uses").where("id", "=", id).execute();
      await db.deleteFrom("iam_entities").where("id", "=", id).execute();
    },
    /** By name, after the one given. */
    async listEntities<K extends EntityKind>(
      account: string,
      kind: K,
      options: { readonly pathPrefix: string; readonly after: string; readonly limit: number },
    ): Promise<OfKind<K>[]> {
      const rows = await db
        .selectFrom("iam_entities")
        .selectAll()
        .where("account", "=", account)
        .where("kind", "=", kind)
        .where("name_key", ">", options.after)
        .where(sql`substr(path, 1, ${options.pathPrefix.length})`, "=", options.pathPrefix)
        .orderBy("name_key")
        .limit(options.limit)
        .execute();
      return rows.map((row) => toEntity(row) as OfKind<K>);
    },
  };
}

export function toEntity(row: Selectable<IamTables["iam_entities"]>): Entity {
  const base = {
    id: row.id,
    account: row.account,
    name: row.name,
    path: row.path,
    boundaryArn: row.boundary_arn ?? undefined,
    tags: JSON.parse(row.tags) as Tags,
    createdAt: new Date(row.created_at),
  };
  if (row.kind !== "role") return { ...base, kind: row.kind };
  return {
    ...base,
    kind: "role",
    trustPolicy: row.trust_policy ?? "",
    description: row.description ?? undefined,
    maxSessionDuration: row.max_session_duration ?? 3600,
  };
}
