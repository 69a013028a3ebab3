import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { newMaterialSecret } from "../materials/material-ids.ts";
import { newMaterial } from "../materials/new-material.ts";
import { isRotationDue } from "../materials/rotation.ts";
import type { RotationRecords } from "../materials/rotation-records.ts";
import { day, type StoreParts } from "../store-parts.ts";
import { type DeletionRecords, waitsForReplicas } from "./deletion-records.ts";
import type { Key, KeyName, Scope } from "./key.ts";
import { type ManagedService, managedAlias, managedKeyDescription, managedKeyPolicy } from "./policy.ts";
import {
  aliasedKeyAt,
  changedColumns,
  type KeyChanges,
  type KeyText,
  keyAt,
  textColumns,
  updateKey,
  writtenKey,
} from "./rows.ts";

/** Days between the rotations of an AWS managed key. */
const managedRotationPeriod = 365;

export interface NewKey extends KeyText {
  readonly spec: Key["spec"];
  readonly usage: Key["usage"];
  /** `EXTERNAL` for a key whose material is imported later. */
  readonly origin?: Key["origin"];
  readonly isMultiRegion?: boolean;
}

interface Due {
  readonly deletions: DeletionRecords;
  readonly rotations: RotationRecords;
}

/** All SQL that finds, makes, lists and changes keys. What is due for a key is done when it is found. */
export function keyRecords(parts: StoreParts, { deletions, rotations }: Due) {
  const { database, newKeyPair, now } = parts;

  const isDue = (key: Key) => isRotationDue(key, now()) || waitsForReplicas(key);

  /** Does what is due for the key: its rotation, or the end of the wait for its replicas. */
  async function settle(key: Key): Promise<void> {
    if (isRotationDue(key, now())) await rotations.rotateIfDue(key);
    else await deletions.endWait(key.id);
  }

  return {
    async create(scope: Scope, key: NewKey): Promise<Key> {
      // Before the transaction: a large key pair takes its time.
      const material = key.origin === "EXTERNAL" ? undefined : await newMaterial(key.spec, newKeyPair);
      try {
        return await database.transaction(async (db) => insertKey(parts, db, scope, "CUSTOMER", key, material));
      } finally {
        material?.fill(0);
      }
    },

    /** The key of any account, rotated if that was due. One query unless something is due. */
    async find(region: string, id: string): Promise<Key | undefined> {
      const key = await keyAt(database.db, { region, id }, now());
      if (!key || !isDue(key)) return key;
      await settle(key);
      return keyAt(database.db, { region, id }, now());
    },

    /** The key that an alias refers to, likewise. */
    async findByAlias(scope: { account: string; region: string }, name: string): Promise<Key | undefined> {
      const alias = { account: scope.account, region: scope.region, name };
      const key = await aliasedKeyAt(database.db, alias, now());
      if (!key || !isDue(key)) return key;
      await settle(key);
      return aliasedKeyAt(database.db, alias, now());
    },

    /** The service's AWS managed key. The first call makes it and its alias. */
    async findOrCreateManaged(scope: Scope, service: ManagedService): Promise<Key> {
      const { account, region } = scope;
      const name = managedAlias(service);
      const spec = "SYMMETRIC_DEFAULT";
      const material = await newMaterial(spec, newKeyPair);
      try {
        return await database.transaction(async (db) => {
          const known = await aliasedKeyAt(db, { account, region, name }, now());
          if (known) return known;
          const policy = managedKeyPolicy(service, scope);
          const description = managedKeyDescription(service);
          const key: NewKey = { spec, usage: "ENCRYPT_DECRYPT", policy, description, tags: new Map() };
          const { id } = await insertKey(parts, db, scope, "AWS", key, material);
          const at = { created_at: now(), updated_at: now() };
          await db
            .insertInto("kms_aliases")
            .values({ account, region, name, key_id: id, ...at })
            .execute();
          return writtenKey(db, { region, id }, now());
        });
      } finally {
        material.fill(0);
      }
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
     * Changes the key by what `change` makes of it as it is in the transaction; nothing where `change` throws. It may be
     * called more than once. `undefined` where the key is gone.
     */
    async change({ region, id }: KeyName, change: (key: Key) => KeyChanges): Promise<Key | undefined> {
      const name = { region, id };
      return database.transaction(async (db) => {
        const key = await keyAt(db, name, now());
        if (!key) return undefined;
        const set = changedColumns(change(key));
        if (Object.keys(set).length > 0) await updateKey(db, name, set);
        return keyAt(db, name, now());
      });
    },
  };
}

/** Writes a key with its first material, which a key of origin `EXTERNAL` does not have yet. */
async function insertKey(
  { keyring, materials, ids, now }: StoreParts,
  db: Kysely<Tables>,
  scope: Scope,
  manager: Key["manager"],
  key: NewKey,
  material: Uint8Array | undefined,
): Promise<Key> {
  const { region } = scope;
  const id = key.isMultiRegion ? `mrk-${ids.hex(16)}` : ids.uuid();
  const material_id = ids.hex(32);
  const isManaged = manager === "AWS";
  await db
    .insertInto("kms_keys")
    .values({
      key_id: id,
      account: scope.account,
      region,
      manager,
      state: material ? "Enabled" : "PendingImport",
      spec: key.spec,
      key_usage: key.usage,
      origin: material ? "AWS_KMS" : "EXTERNAL",
      primary_region: key.isMultiRegion ? region : null,
      ...textColumns(key),
      material_version: material ? 1 : 0,
      material_id: material && key.spec === "SYMMETRIC_DEFAULT" ? material_id : null,
      valid_to: null,
      material_secret: material ? null : newMaterialSecret(keyring, id),
      rotation_period: isManaged ? managedRotationPeriod : null,
      rotates_at: isManaged ? now() + managedRotationPeriod * day : null,
      created_at: now(),
      deletion_at: null,
      deletion_window: null,
    })
    .execute();
  if (material) {
    const never = { description: null, valid_to: null, rotated_at: null, rotation_type: null };
    const sealed = materials.seal(id, 1, material);
    await db
      .insertInto("kms_key_materials")
      .values({ region, key_id: id, version: 1, material_id, sealed, ...never, created_at: now() })
      .execute();
  }
  return writtenKey(db, { region, id }, now());
}
