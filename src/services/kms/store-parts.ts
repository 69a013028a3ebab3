import type { Ids } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { KeyAuditEvents } from "./keys/audit-events.ts";
import type { NewKeyPair } from "./materials/new-material.ts";
import type { MaterialRecords } from "./materials/records.ts";

/** The parts that the groups of the store share. */
export interface StoreParts {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly materials: MaterialRecords;
  readonly ids: Ids;
  readonly auditEvents: KeyAuditEvents;
  readonly newKeyPair: NewKeyPair;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const day = 24 * 60 * 60 * 1000;
