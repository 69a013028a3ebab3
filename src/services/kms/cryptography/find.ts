import { type EncryptionAlgorithmSpec, IncorrectKeyException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { type FoundKey, findCiphertextKey, findKey } from "../keys/find.ts";
import { parseCiphertext } from "./ciphertext.ts";

/**
 * What a request was authorised for is what it then uses: a key is read once, before authorisation, and forgotten with
 * the call.
 */
const found = new WeakMap<Call, Map<unknown, Promise<FoundKey>>>();

/** The key that a member of the request names, read once for each call. */
export function requestedKey({ keys }: Kms, call: Call, keyId: string): Promise<FoundKey> {
  return once(call, keyId, () => findKey(keys, call, keyId));
}

/** The ciphertext of a request and what the request says of its key. */
export interface GivenCiphertext {
  readonly blob: Uint8Array;
  readonly keyId: string | undefined;
  readonly algorithm: EncryptionAlgorithmSpec;
}

/** The key to authorise the use of for a ciphertext: the named one, else the one that made it. Read once for each call. */
export function namedOrCiphertextKey(context: Kms, call: Call, { blob, keyId, algorithm }: GivenCiphertext) {
  if (keyId !== undefined) return requestedKey(context, call, keyId);
  if (algorithm !== "SYMMETRIC_DEFAULT") throw keyIdRequired();
  return once(call, blob, () => findCiphertextKey(context.keys, call, blob));
}

/**
 * The key of a request's ciphertext, as `namedOrCiphertextKey` has it. Throws `IncorrectKeyException` where the blob tells
 * that the named one did not make it. Blobs of asymmetric keys tell nothing.
 */
export async function ciphertextKey(context: Kms, call: Call, given: GivenCiphertext): Promise<FoundKey> {
  const found = await namedOrCiphertextKey(context, call, given);
  if (given.keyId === undefined || given.algorithm !== "SYMMETRIC_DEFAULT") return found;
  if (found.key.spec !== "SYMMETRIC_DEFAULT") return found;
  const ciphertext = parseCiphertext(given.blob);
  if (ciphertext?.keyId === found.key.id) return found;
  // Throws where it is no ciphertext, or one of old whose key is unknown.
  if (!ciphertext?.isChecked) await findCiphertextKey(context.keys, call, given.blob);
  throw new ApiError(
    IncorrectKeyException$,
    "The key ID in the request does not identify a CMK that can perform this operation.",
  );
}

/** The keys that the call has read. */
export async function keysOfCall(call: Call): Promise<readonly FoundKey[]> {
  return Promise.all(found.get(call)?.values() ?? []);
}

function keyIdRequired(): ApiError {
  return new ApiError(
    { code: "ValidationException", status: 400 },
    "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  );
}

function once(call: Call, name: unknown, find: () => Promise<FoundKey>): Promise<FoundKey> {
  const ofCall = found.get(call) ?? new Map<unknown, Promise<FoundKey>>();
  found.set(call, ofCall);
  const key = ofCall.get(name) ?? find();
  ofCall.set(name, key);
  return key;
}
