import type { Ids } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { KeyEvents } from "./keys/audit-events.ts";
import type { KeyMaterials } from "./materials/records.ts";

/** What the parts of the key store share. */
export interface StoreParts {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly materials: KeyMaterials;
  readonly ids: Ids;
  readonly happenings: KeyEvents;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const day = 24 * 60 * 60 * 1000;
