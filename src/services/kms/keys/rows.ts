import { type Kysely, type Selectable, sql } from "kysely";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key, KeyState } from "./key.ts";

export interface KeyChanges {
  readonly state?: KeyState;
  /** With `state`: `undefined` where the key is kept. */
  readonly deletionAt?: Date | undefined;
  /** With `state`: `undefined` unless that is `PendingReplicaDeletion`. */
  readonly deletionWindow?: number | undefined;
  readonly policy?: string;
  readonly description?: string;
  readonly tags?: ReadonlyMap<string, string>;
}

/** A key as it is at that time; `undefined` where it is not there or gone. */
export async function keyAt(
  db: Kysely<Tables>,
  name: { readonly region: string; readonly id: string },
  now: number,
): Promise<Key | undefined> {
  return asOf(await keyById(db, name), now);
}

/** The key that an alias refers to, as it is at that time. */
export async function aliasedKeyAt(
  db: Kysely<Tables>,
  name: { readonly account: string; readonly region: string; readonly name: string },
  now: number,
): Promise<Key | undefined> {
  return asOf(await keyByAlias(db, name), now);
}

/** What time made of a stored key: gone, or without a material that has expired. */
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

/** The columns that changes set. */
export function changedColumns(changes: KeyChanges): Partial<Tables["kms_keys"]> {
  const { state, deletionAt, deletionWindow, policy, description, tags } = changes;
  return {
    ...(state !== undefined && {
      state,
      deletion_at: deletionAt?.getTime() ?? null,
      deletion_window: deletionWindow ?? null,
    }),
    ...(policy !== undefined && { policy }),
    ...(description !== undefined && { description: Buffer.from(description) }),
    ...(tags !== undefined && { tags: JSON.stringify([...tags]) }),
  };
}

/** What whoever makes a key says of it. */
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
