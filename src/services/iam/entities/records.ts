import { type Kysely, type Selectable, sql } from "kysely";
import { defined } from "../../../defined.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { nameKey } from "../names.ts";
import type { Tags } from "../tags.ts";
import type { Entity, EntityBase, EntityKind, EntityOfKind, Group, Role, User } from "./entity.ts";

/** A change of an entity: `undefined` members stay as they are, `null` clears. */
interface EntityChanges {
  readonly name?: string | undefined;
  readonly path?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly boundaryArn?: string | null | undefined;
  readonly trustPolicy?: string | undefined;
  readonly description?: string | undefined;
  readonly maxSessionDuration?: number | undefined;
}

/** A part of a list that is sorted by name: the items below a path that follow the name `after`. */
export interface ListOptions {
  readonly pathPrefix: string;
  readonly after: string;
  readonly limit: number;
}

export type EntityRecords<K extends EntityKind> = ReturnType<typeof entityRecords<K>>;
type EntityRow = Selectable<Tables["iam_entities"]>;

/** The SQL of the roles, of the users, or of the groups. */
export function entityRecords<K extends EntityKind>(db: Kysely<Tables>, kind: K) {
  const read = readers[kind];

  function ofAccount(account: string) {
    return db.selectFrom("iam_entities").where("account", "=", account).where("kind", "=", kind);
  }

  return {
    async find(account: string, name: string): Promise<EntityOfKind[K] | undefined> {
      const row = await ofAccount(account)
        .selectAll()
        .where("name_key", "=", nameKey(name))
        .where("name", "=", name)
        .executeTakeFirst();
      return row && read(row);
    },
    async findById(id: string): Promise<EntityOfKind[K] | undefined> {
      const row = await db
        .selectFrom("iam_entities")
        .selectAll()
        .where("id", "=", id)
        .where("kind", "=", kind)
        .executeTakeFirst();
      return row && read(row);
    },
    /** By id. */
    async findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, EntityOfKind[K]>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom("iam_entities")
        .selectAll()
        .where("id", "in", ids)
        .where("kind", "=", kind)
        .execute();
      return new Map(rows.map((row) => [row.id, read(row)]));
    },
    /** `true` where the name exists in whatever case. */
    async isTaken(account: string, name: string): Promise<boolean> {
      const row = await ofAccount(account).select("id").where("name_key", "=", nameKey(name)).executeTakeFirst();
      return row !== undefined;
    },
    async count(account: string): Promise<number> {
      const row = await ofAccount(account)
        .select(({ fn }) => fn.countAll().as("count"))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    /** By name. */
    async list(account: string, { pathPrefix, after, limit }: ListOptions): Promise<EntityOfKind[K][]> {
      const rows = await ofAccount(account)
        .selectAll()
        .where("name_key", ">", after)
        .where(sql`substr(path, 1, ${pathPrefix.length})`, "=", pathPrefix)
        .orderBy("name_key")
        .limit(limit)
        .execute();
      return rows.map((row) => read(row));
    },
    async insert(entity: EntityOfKind[K]): Promise<void> {
      await db.insertInto("iam_entities").values(rowOf(entity)).execute();
    },
    async update(id: string, changes: EntityChanges): Promise<void> {
      const { name, path, tags, boundaryArn, trustPolicy, description, maxSessionDuration } = changes;
      const columns = defined({
        name,
        name_key: name && nameKey(name),
        path,
        tags: tags && JSON.stringify(tags),
        boundary_arn: boundaryArn,
        trust_policy: trustPolicy,
        description,
        max_session_duration: maxSessionDuration,
      });
      if (Object.keys(columns).length === 0) return;
      await db.updateTable("iam_entities").set(columns).where("id", "=", id).execute();
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("iam_uses").where("id", "=", id).execute();
      await db.deleteFrom("iam_entities").where("id", "=", id).execute();
    },
  };
}

const readers: { readonly [K in EntityKind]: (row: EntityRow) => EntityOfKind[K] } = {
  role: toRole,
  user: toUser,
  group: toGroup,
};

export function toEntity(row: EntityRow): Entity {
  return readers[row.kind](row);
}

export function toUser(row: EntityRow): User {
  return { ...baseOf(row), kind: "user" };
}

export function toGroup(row: EntityRow): Group {
  return { ...baseOf(row), kind: "group" };
}

function toRole(row: EntityRow): Role {
  return {
    ...baseOf(row),
    kind: "role",
    trustPolicy: row.trust_policy ?? "",
    description: row.description ?? undefined,
    maxSessionDuration: row.max_session_duration ?? 3600,
  };
}

function baseOf(row: EntityRow): EntityBase {
  return {
    id: row.id,
    account: row.account,
    name: row.name,
    path: row.path,
    boundaryArn: row.boundary_arn ?? undefined,
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at),
  };
}

function rowOf(entity: Entity): EntityRow {
  const role = entity.kind === "role" ? entity : undefined;
  return {
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
  };
}
