import { type Kysely, type Selectable, sql } from "kysely";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key, KeyName, KeyState } from "./key.ts";

export interface KeyChanges {
  readonly state?: KeyState;
  /** With `state`; `undefined` keeps the key. */
  readonly deletionAt?: Date | undefined;
  /** With `state`; `undefined` unless that is `PendingReplicaDeletion`. */
  readonly deletionWindow?: number | undefined;
  readonly policy?: string;
  readonly description?: string;
  readonly tags?: ReadonlyMap<string, string>;
}

/** A key as it is at that time; `undefined` where it does not exist or its deletion date has passed. */
export async function keyAt(db: Kysely<Tables>, name: KeyName, now: number): Promise<Key | undefined> {
  return asOf(await keyById(db, name), now);
}

/** A key that this transaction has just written. */
export async function writtenKey(db: Kysely<Tables>, name: KeyName, now: number): Promise<Key> {
  const key = await keyAt(db, name, now);
  if (!key) throw new Error(`KMS key ${name.id} in ${name.region} was not written`);
  return key;
}

export interface AliasName {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** The key that an alias refers to, as it is at that time. */
export async function aliasedKeyAt(db: Kysely<Tables>, alias: AliasName, now: number): Promise<Key | undefined> {
  return asOf(await keyByAlias(db, alias), now);
}

/** Applies the time to a stored key: its deletion date or its material's expiry may have passed. */
function asOf(key: Key | undefined, now: number): Key | undefined {
  if (!key) return undefined;
  if (key.deletionAt !== undefined && key.deletionAt.getTime() <= now) return undefined;
  const isLive = key.state === "Enabled" || key.state === "Disabled";
  if (isLive && key.validTo !== undefined && key.validTo.getTime() <= now) return { ...key, state: "PendingImport" };
  return key;
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
  (db, { region, id }: KeyName) => selectKeys(db).where("k.region", "=", region).where("k.key_id", "=", id),
  ([row]) => row && toKey(row),
);

const keyByAlias = prepared(
  (db, { account, region, name }: AliasName) =>
    selectKeys(db)
      .innerJoin("kms_aliases as n", (join) =>
        join.onRef("n.key_id", "=", "k.key_id").onRef("n.region", "=", "k.region"),
      )
      .where("n.account", "=", account)
      .where("n.region", "=", region)
      .where("n.name", "=", name),
  ([row]) => row && toKey(row),
);

/** Sets columns of a key. */
export async function updateKey(
  db: Kysely<Tables>,
  { region, id }: KeyName,
  set: Partial<Tables["kms_keys"]>,
): Promise<void> {
  await db.updateTable("kms_keys").set(set).where("region", "=", region).where("key_id", "=", id).execute();
}

/** The columns that changes set. */
export function changedColumns(changes: KeyChanges): Partial<Tables["kms_keys"]> {
  const { state, deletionAt, deletionWindow, policy, description, tags } = changes;
  const columns: Partial<Tables["kms_keys"]> = {};
  if (state !== undefined) {
    columns.state = state;
    columns.deletion_at = deletionAt?.getTime() ?? null;
    columns.deletion_window = deletionWindow ?? null;
  }
  if (policy !== undefined) columns.policy = policy;
  if (description !== undefined) columns.description = Buffer.from(description);
  if (tags !== undefined) columns.tags = JSON.stringify([...tags]);
  return columns;
}

/** The texts that the maker of a key gives it. */
export interface KeyText {
  readonly policy: string;
  readonly description: string;
  readonly tags: ReadonlyMap<string, string>;
}

export function textColumns({ policy, description, tags }: KeyText) {
  return { policy, description: Buffer.from(description), tags: JSON.stringify([...tags]) };
}

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
    materialId: row.material_id ?? undefined,
    validTo: dateOf(row.valid_to),
    rotationPeriod: row.rotation_period ?? undefined,
    rotatesAt: dateOf(row.rotates_at),
    createdAt: new Date(row.created_at),
    deletionAt: dateOf(row.deletion_at),
    deletionWindow: row.deletion_window ?? undefined,
  };
}

function dateOf(time: number | null): Date | undefined {
  return time === null ? undefined : new Date(time);
}

/** The regions that have the key, sorted. */
export async function keyRegions(db: Kysely<Tables>, id: string, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom("kms_keys")
    .select("region")
    .where("key_id", "=", id)
    .where((where) => where.or([where("deletion_at", "is", null), where("deletion_at", ">", now)]))
    .orderBy("region")
    .execute();
  return rows.map(({ region }) => region);
}
