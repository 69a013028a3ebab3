import type { IamRecords } from "../store.ts";
import type { EntityKind } from "./entity.ts";
import type { EntityRecords } from "./records.ts";

/** The records of a kind of entity that is known at run time only. */
export function recordsOf<K extends EntityKind>(
  store: Pick<IamRecords, "roles" | "users" | "groups">,
  kind: K,
): EntityRecords<K> {
  const records: { readonly [K in EntityKind]: EntityRecords<K> } = {
    role: store.roles,
    user: store.users,
    group: store.groups,
  };
  return records[kind];
}
