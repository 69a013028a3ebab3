import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import type { FoundKey } from "./find.ts";
import type { KeyChanges } from "./rows.ts";

/**
 * Changes the key that was found. `change` gets the key as it is in the transaction; it may be called more than once, and
 * may throw.
 */
export async function changeKey(
  { store }: Kms,
  found: FoundKey,
  change: (current: FoundKey) => KeyChanges,
): Promise<void> {
  const changed = await store.keys.change(found.key, (key) => change({ ...found, key }));
  if (!changed) throw keyNotFound(found.arn);
}
