import type { Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import type { KeyChanges } from "../store.ts";
import { type FoundKey, keyNotFound } from "./find.ts";

/**
 * Changes the key that a request names, as `change` says of the key as it is now; it may be called more than once and
 * may throw. Gives the changed key.
 */
export async function changeKey(
  context: Kms,
  call: Call,
  keyId: string,
  change: (found: FoundKey) => KeyChanges,
): Promise<FoundKey> {
  const { key, arn } = await requestedKey(context, call, keyId);
  const changed = await context.keys.change(key.region, key.id, (current) => change({ key: current, arn }));
  if (!changed) throw keyNotFound(arn);
  return { key: changed, arn };
}
