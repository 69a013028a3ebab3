import type { KeyObject } from "node:crypto";
import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { aliasStore } from "./aliases/records.ts";
import { grantStore } from "./grants/records.ts";
import { type KeyEventOptions, keyEvents } from "./keys/audit-events.ts";
import type { Key, Scope } from "./keys/key.ts";
import { type ManagedService, managedAlias, managedKeyDescriptions, managedKeyPolicy } from "./keys/policy.ts";
import { replicaStore, waitsForReplicas } from "./keys/replica-records.ts";
import { aliasedKeyAt, changedColumns, type KeyChanges, type KeyText, keyAt, textColumns } from "./keys/rows.ts";
import { usageStore } from "./keys/usage-records.ts";
import { importStore, newMaterialSecret } from "./materials/import-records.ts";
import { importTokens } from "./materials/import-token.ts";
import { newMaterial } from "./materials/new-material.ts";
import { keyMaterials } from "./materials/records.ts";
import { isRotationDue, rotationStore } from "./materials/rotation-records.ts";
import { day } from "./store-parts.ts";

export type { KeyChanges } from "./keys/rows.ts";

/** Days between the rotations of an AWS managed key. */
const managedRotationPeriod = 365;

export interface NewKey extends KeyText {
  readonly spec: Key["spec"];
  readonly usage: Key["usage"];
  /** `EXTERNAL` for a key whose material is imported later. */
  readonly origin?: Key["origin"];
  readonly isMultiRegion?: boolean;
}

export type Keys = ReturnType<typeof keyStore>;

/** All SQL of KMS keys. A key whose deletion date has passed counts as gone everywhere. */
export function keyStore(database: Database, keyring: Keyring, clock: Clock, ids: Ids, told: KeyEventOptions) {
  const materials = keyMaterials(keyring);
  const now = () => clock.now().getTime();
  const parts = { database, keyring, materials, ids, happenings: keyEvents(told, now), now };
  const rotations = rotationStore(parts);
  const imports = importStore(parts);
  const replicas = replicaStore(parts);
  const usages = usageStore(parts);

  async function insert(
    db: Kysely<Tables>,
    scope: Scope,
    manager: Key["manager"],
    key: NewKey,
    material: Uint8Array | undefined,
  ): Promise<string> {
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
    if (!material) return id;
    const never = { description: null, valid_to: null, rotated_at: null, rotation_type: null };
    const sealed = materials.seal(id, 1, material);
    await db
      .insertInto("kms_key_materials")
      .values({ region, key_id: id, version: 1, material_id, sealed, ...never, created_at: now() })
      .execute();
    return id;
  }

  const find = (db: Kysely<Tables>, region: string, id: string) => keyAt(db, { region, id }, now());

  const isDue = (key: Key) => isRotationDue(key, now()) || waitsForReplicas(key);

  /** Brings about what is due for the key: its rotation, or the end of the wait for its replicas. */
  async function settle(key: Key): Promise<void> {
    if (isRotationDue(key, now())) await rotations.rotateIfDue(key);
    else if ((await replicas.regionsOf(key.id)).length === 1) await replicas.removeDue();
  }

  return {
    ...aliasStore(database, clock),
    ...grantStore(database, clock, ids),
    ...rotations,
    ...imports,
    ...replicas,
    ...usages,
    importTokens: importTokens(keyring),

    async create(scope: Scope, key: NewKey): Promise<Key> {
      // Before the transaction: a large key pair takes its time.
      const material = key.origin === "EXTERNAL" ? undefined : await newMaterial(key.spec);
      try {
        return await database.transaction(
          async (db) => (await find(db, scope.region, await insert(db, scope, "CUSTOMER", key, material)))!,
        );
      } finally {
        material?.fill(0);
      }
    },

    /** The key of any account, rotated where that was due. One query unless something is due. */
    async find(region: string, id: string): Promise<Key | undefined> {
      const key = await find(database.db, region, id);
      if (!key || !isDue(key)) return key;
      await settle(key);
      return find(database.db, region, id);
    },

    /** The key that an alias refers to, likewise. */
    async findByAlias(scope: { account: string; region: string }, name: string): Promise<Key | undefined> {
      const alias = { account: scope.account, region: scope.region, name };
      const key = await aliasedKeyAt(database.db, alias, now());
      if (!key || !isDue(key)) return key;
      await settle(key);
      return aliasedKeyAt(database.db, alias, now());
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
        const set = changedColumns(change(key));
        if (Object.keys(set).length > 0) {
          await db.updateTable("kms_keys").set(set).where("region", "=", region).where("key_id", "=", id).execute();
        }
        return find(db, region, id);
      });
    },

    /** The key's secret or private key of that version; a query only at first use. */
    async material(
      key: Pick<Key, "region" | "id" | "spec" | "materialVersion">,
      version: number,
    ): Promise<KeyObject | undefined> {
      return (materials.known(key, version) ?? (await materials.open(database.db, key, version)))?.key;
    },

    /** The id of the material of that version; no query where it is the current one or has just been used. */
    async materialId(key: Key, version: number): Promise<string | undefined> {
      if (version === key.materialVersion || key.materialId === undefined) return key.materialId;
      return (materials.known(key, version) ?? (await materials.open(database.db, key, version)))?.materialId;
    },

    /** Brings about what is due: keys and materials removed, also from this process's memory, and keys rotated. */
    async purge(): Promise<void> {
      await usages.writeUsages();
      await replicas.removeDue();
      await imports.removeExpired();
      await rotations.rotateDue();
      await materials.forgetRemoved(database.db);
    },

    /** Opened materials in this process's memory. */
    heldMaterials: () => materials.held(),
  };
}
