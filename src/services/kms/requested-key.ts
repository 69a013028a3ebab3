import { IncorrectKeyException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import type { Call } from "../../aws/call.ts";
import { type FoundKey, findCiphertextKey, findKey } from "./find-key.ts";
import type { Kms } from "./index.ts";

/**
 * What a request was authorised for is what it then uses: a key is read once, before authorisation, and forgotten with
 * the call.
 */
const found = new WeakMap<Call, Map<unknown, Promise<FoundKey>>>();

/** The key that a member of the request names, read once for each call. */
export function requestedKey({ keys }: Kms, call: Call, keyId: string): Promise<FoundKey> {
  return once(call, keyId, () => findKey(keys, call, keyId));
}

/**
 * The key that made the request's ciphertext, read once for each call. Throws `IncorrectKeyException` where it is not
 * the one that the request names.
 */
export async function ciphertextKey(context: Kms, call: Call, blob: Uint8Array, keyId?: string): Promise<FoundKey> {
  const made = await once(call, blob, () => findCiphertextKey(context.keys, call, blob));
  if (keyId === undefined) return made;
  const requested = await requestedKey(context, call, keyId);
  if (requested.key.id === made.key.id) return requested;
  throw new ApiError(
    IncorrectKeyException$,
    "The key ID in the request does not identify a CMK that can perform this operation.",
  );
}

function once(call: Call, name: unknown, find: () => Promise<FoundKey>): Promise<FoundKey> {
  const ofCall = found.get(call) ?? new Map<unknown, Promise<FoundKey>>();
  found.set(call, ofCall);
  const key = ofCall.get(name) ?? find();
  ofCall.set(name, key);
  return key;
}
