import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import { aliasRecords } from "./aliases/records.ts";
import { grantRecords } from "./grants/records.ts";
import { type KeyEventOptions, keyAuditEvents } from "./keys/audit-events.ts";
import { deletionRecords } from "./keys/deletion-records.ts";
import { keyRecords } from "./keys/records.ts";
import { replicaRecords } from "./keys/replica-records.ts";
import { usageRecords } from "./keys/usage-records.ts";
import { importRecords } from "./materials/import-records.ts";
import { newKeyPair as generateKeyPair, type NewKeyPair } from "./materials/new-material.ts";
import { materialRecords } from "./materials/records.ts";
import { rotationRecords } from "./materials/rotation-records.ts";
import type { StoreParts } from "./store-parts.ts";

export type KmsStore = ReturnType<typeof kmsStore>;

export interface KmsStoreOptions extends KeyEventOptions {
  /** For tests: large pairs take their time. */
  readonly newKeyPair?: NewKeyPair;
}

/** All SQL of KMS. A key whose deletion date has passed counts as gone everywhere. */
export function kmsStore(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  ids: Ids,
  { newKeyPair = generateKeyPair, ...audit }: KmsStoreOptions,
) {
  const now = () => clock.now().getTime();
  const materials = materialRecords(database, keyring);
  const auditEvents = keyAuditEvents(audit, now);
  const parts: StoreParts = { database, keyring, materials, ids, auditEvents, newKeyPair, now };
  const deletions = deletionRecords(parts);
  const rotations = rotationRecords(parts);
  const imports = importRecords(parts);
  const usages = usageRecords(parts);
  return {
    keys: keyRecords(parts, { deletions, rotations }),
    deletions,
    replicas: replicaRecords(parts, deletions),
    aliases: aliasRecords(parts),
    grants: grantRecords(parts),
    materials,
    imports,
    rotations,
    usages,
    newKeyPair,

    /** Does what is due: removes keys and materials, also from this process's memory, and rotates keys. */
    async purge(): Promise<void> {
      await usages.write();
      await deletions.removeDue();
      await imports.removeExpired();
      await rotations.rotateDue();
      await materials.forgetRemoved();
    },
  };
}
