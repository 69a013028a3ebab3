import type { Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { invalidCiphertext, unknownCiphertextKey } from "../errors.ts";
import { type FoundKey, grantsOf } from "../keys/find.ts";
import { keyArn } from "../keys/key.ts";
import { type Ciphertext, parseCiphertext } from "./ciphertext.ts";

/**
 * Reads the key that made a ciphertext, in whatever account. Throws `InvalidCiphertextException` for other bytes, and
 * `AccessDeniedException` where its key is not (or no longer) in the call's region.
 */
export async function findCiphertextKey(
  { store }: Pick<Kms, "store">,
  call: Call,
  blob: Uint8Array,
): Promise<FoundKey & { readonly ciphertext: Ciphertext }> {
  const ciphertext = parseCiphertext(blob);
  if (!ciphertext) throw invalidCiphertext();
  const key = await store.keys.find(call.region, ciphertext.keyId);
  if (!key) throw unknownCiphertextKey();
  const arn = keyArn({ ...key, partition: call.partition }, key.id);
  return { key, arn, grants: grantsOf(store, key), ciphertext };
}
