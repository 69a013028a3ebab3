import { type Kysely, type Selectable, sql } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import { prepared } from "../../storage/prepared.ts";
import { aliasStore } from "./aliases.ts";
import type { Key, KeyState, Scope } from "./key.ts";
import { keyMaterials } from "./key-materials.ts";
import { type ManagedService, managedAlias, managedKeyDescriptions, managedKeyPolicy } from "./key-policy.ts";
import { newMaterial } from "./new-material.ts";

export interface NewKey {
  readonly spec: Key["spec"];
  readonly usage: Key["usage"];
  readonly policy: string;
  readonly description: string;
  readonly tags: ReadonlyMap<string, string>;
}

export interface KeyChanges {
  readonly state?: KeyState;
  /** With `state`: `undefined` where the key is kept. */
  readonly deletionAt?: Date | undefined;
  readonly policy?: string;
  readonly description?: string;
  readonly tags?: ReadonlyMap<string, string>;
}

export type Keys = ReturnType<typeof keyStore>;

/** All SQL of KMS keys. A key whose deletion date has passed counts as gone everywhere. */
export function keyStore(database: Database, keyring: Keyring, clock: Clock, ids: Ids) {
  const materials = keyMaterials(keyring);
  const now = () => clock.now().getTime();

  async function insert(
    db: Kysely<Tables>,
    scope: Scope,
    manager: Key["manager"],
    key: NewKey,
    material: Uint8Array,
  ): Promise<string> {
    const id = ids.uuid();
    await db
      .insertInto("kms_keys")
      .values({
        key_id: id,
        account: scope.account,
        region: scope.region,
        manager,
        state: "Enabled",
        spec: key.spec,
        key_usage: key.usage,
        origin: "AWS_KMS",
        primary_region: null,
        ...columns(key),
        material_version: 1,
        rotation_period: null,
        rotates_at: null,
        created_at: now(),
        deletion_at: null,
        deletion_window: null,
      })
      .execute();
    await materials.create(db, { region: scope.region, id }, material, now());
    return id;
  }

  async function find(db: Kysely<Tables>, region: string, id: string): Promise<Key | undefined> {
    return unlessGone(await keyById(db, { region, id }), now());
  }

  return {
    ...aliasStore(database, clock),

    async create(scope: Scope, key: NewKey): Promise<Key> {
      // Before the transaction: a large key pair takes its time.
      const material = await newMaterial(key.spec);
      try {
        return await database.transaction(
          async (db) => (await find(db, scope.region, await insert(db, scope, "CUSTOMER", key, material)))!,
        );
      } finally {
        material.fill(0);
      }
    },

    /** The key of any account. One query. */
    find: (region: string, id: string) => find(database.db, region, id),

    /** The key that an alias refers to. One query. */
    async findByAlias(scope: { account: string; region: string }, name: string): Promise<Key | undefined> {
      const { account, region } = scope;
      return unlessGone(await keyByAlias(database.db, { account, region, name }), now());
    },

    /** The service's AWS managed key, made with its alias where the account has none in the region yet. */
    async findOrCreateManaged(scope: Scope, service: ManagedService): Promise<Key> {
      const { account, region } = scope;
      const spec = "SYMMETRIC_DEFAULT";
      const material = await newMaterial(spec);
      const created = database.transaction(async (db) => {
        const alias = await db
          .selectFrom("kms_aliases")
          .select("key_id")
          .where("account", "=", account)
          .where("region", "=", region)
          .where("name", "=", managedAlias(service))
          .executeTakeFirst();
        if (alias) return (await find(db, region, alias.key_id))!;
        const policy = managedKeyPolicy(service, scope);
        const description = managedKeyDescriptions[service];
        const key: NewKey = { spec, usage: "ENCRYPT_DECRYPT", policy, description, tags: new Map() };
        const id = await insert(db, scope, "AWS", key, material);
        const at = { created_at: now(), updated_at: now() };
        await db
          .insertInto("kms_aliases")
          .values({ account, region, name: managedAlias(service), key_id: id, ...at })
          .execute();
        return (await find(db, region, id))!;
      });
      return created.finally(() => material.fill(0));
    },

    /** Up to `limit` ids that follow `after`, in their order. */
    async list(scope: Scope, after: string, limit: number): Promise<string[]> {
      const rows = await database.db
        .selectFrom("kms_keys")
        .select("key_id")
        .where("account", "=", scope.account)
        .where("region", "=", scope.region)
        .where("key_id", ">", after)
        .where((where) => where.or([where("deletion_at", "is", null), where("deletion_at", ">", now())]))
        .orderBy("key_id")
        .limit(limit)
        .execute();
      return rows.map((row) => row.key_id);
    },

    /**
     * Changes the key as `change` says of it as it is now; nothing where `change` throws. It may be called more than once.
     * `undefined` where the key is gone.
     */
    async change(region: string, id: string, change: (key: Key) => KeyChanges): Promise<Key | undefined> {
      return database.transaction(async (db) => {
        const key = await find(db, region, id);
        if (!key) return undefined;
        const set = columns(change(key));
        if (Object.keys(set).length > 0) {
          await db.updateTable("kms_keys").set(set).where("region", "=", region).where("key_id", "=", id).execute();
        }
        return find(db, region, id);
      });
    },

    /** The key's secret or private key of that version; a query only at first use. */
    material: (key: Pick<Key, "region" | "id" | "spec">, version: number) => materials.open(database.db, key, version),

    /** Removes the keys whose deletion date has passed, with their material and aliases; says how many. */
    async removeDue(): Promise<number> {
      const gone = await database.transaction(async (db) => {
        const due = await db
          .selectFrom("kms_keys")
          .select(["region", "key_id"])
          .where("deletion_at", "<=", now())
          .execute();
        for (const { region, key_id } of due) {
          for (const table of ["kms_aliases", "kms_key_materials", "kms_keys"] as const) {
            await db.deleteFrom(table).where("region", "=", region).where("key_id", "=", key_id).execute();
          }
        }
        return due;
      });
      for (const { region, key_id } of gone) materials.forget({ region, id: key_id });
      return gone.length;
    },
  };
}

function selectKeys(db: Kysely<Tables>) {
  return db.selectFrom("kms_keys as k").selectAll("k").select(
    // Names hold no spaces.
    sql<
      string | null
    >`(select string_agg(a.name, ' ') from kms_aliases a where a.key_id = k.key_id and a.region = k.region)`.as(
      "aliases",
    ),
  );
}

const keyById = prepared(
  (db, { region, id }: { readonly region: string; readonly id: string }) =>
    selectKeys(db).where("k.region", "=", region).where("k.key_id", "=", id),
  ([row]) => row && toKey(row),
);

const keyByAlias = prepared(
  (db, { account, region, name }: { readonly account: string; readonly region: string; readonly name: string }) =>
    selectKeys(db)
      .innerJoin("kms_aliases as n", (join) =>
        join.onRef("n.key_id", "=", "k.key_id").onRef("n.region", "=", "k.region"),
      )
      .where("n.account", "=", account)
      .where("n.region", "=", region)
      .where("n.name", "=", name),
  ([row]) => row && toKey(row),
);

function unlessGone(key: Key | undefined, now: number): Key | undefined {
  return key?.deletionAt !== undefined && key.deletionAt.getTime() <= now ? undefined : key;
}

function columns<T extends KeyChanges>(changes: T) {
  const { state, deletionAt, policy, description, tags } = changes;
  return {
    ...(state !== undefined && { state, deletion_at: deletionAt?.getTime() ?? null }),
    ...(policy !== undefined && { policy }),
    ...(description !== undefined && { description: Buffer.from(description) }),
    ...(tags !== undefined && { tags: JSON.stringify([...tags]) }),
  } as KeyColumns<T>;
}

/** The columns that changes set: all of a new key's. */
type KeyColumns<T> = T extends NewKey
  ? Pick<Tables["kms_keys"], "policy" | "description" | "tags">
  : Partial<Tables["kms_keys"]>;

function toKey(row: Selectable<Tables["kms_keys"]> & { readonly aliases: string | null }): Key {
  return {
    id: row.key_id,
    account: row.account,
    region: row.region,
    manager: row.manager,
    state: row.state,
    spec: row.spec as Key["spec"],
    usage: row.key_usage as Key["usage"],
    origin: row.origin,
    primaryRegion: row.primary_region ?? undefined,
    description: Buffer.from(row.description).toString(),
    policy: row.policy,
    tags: new Map(JSON.parse(row.tags) as [string, string][]),
    aliases: row.aliases?.split(" ").sort() ?? [],
    materialVersion: row.material_version,
    rotationPeriod: row.rotation_period ?? undefined,
    rotatesAt: row.rotates_at === null ? undefined : new Date(row.rotates_at),
    createdAt: new Date(row.created_at),
    deletionAt: row.deletion_at === null ? undefined : new Date(row.deletion_at),
    deletionWindow: row.deletion_window ?? undefined,
  };
}
