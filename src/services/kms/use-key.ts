import {
  DisabledException$,
  DryRunOperationException$,
  InvalidKeyUsageException$,
  KMSInvalidStateException$,
  UnsupportedOperationException$,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import { type EncryptionContext, openCiphertext, parseCiphertext, sealCiphertext } from "./ciphertext.ts";
import { type FoundKey, invalidCiphertext } from "./find-key.ts";
import type { Keys } from "./keys.ts";

/** Encrypts under the key's current material; the caller has been allowed to. */
export async function encryptWith(
  keys: Keys,
  found: FoundKey,
  plaintext: Uint8Array,
  context: EncryptionContext = {},
): Promise<Uint8Array> {
  refuseUnusable(found);
  const material = await keys.material(found.key, found.key.materialVersion);
  if (!material) throw new Error(`The material of KMS key ${found.key.id} is missing`);
  return sealCiphertext(found.key, material, plaintext, context);
}

/** Decrypts what the key encrypted; the caller has been allowed to. */
export async function decryptWith(
  keys: Keys,
  found: FoundKey,
  blob: Uint8Array,
  context: EncryptionContext = {},
): Promise<Uint8Array> {
  refuseUnusable(found);
  const ciphertext = parseCiphertext(blob);
  const material = ciphertext && (await keys.material(found.key, ciphertext.materialVersion));
  const plaintext = material && openCiphertext(ciphertext, material, context);
  if (!plaintext) throw invalidCiphertext();
  return plaintext;
}

type FoundState = Pick<FoundKey, "arn"> & { readonly key: Pick<FoundKey["key"], "state"> };

/** Tells which material made a data key's ciphertext. */
export function materialMember({ key }: FoundKey): { readonly KeyMaterialId?: string } {
  return key.materialId === undefined ? {} : { KeyMaterialId: key.materialId };
}

/** The id of the material that made a ciphertext which the key has just decrypted. */
export function usedMaterialId(keys: Keys, { key }: FoundKey, blob: Uint8Array): Promise<string | undefined> {
  return keys.materialId(key, parseCiphertext(blob)?.materialVersion ?? key.materialVersion);
}

/** What cannot be used now. https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export function refuseUnusable(found: FoundState): void {
  refuseDisabled(found);
  refusePendingDeletion(found);
  refusePendingImport(found);
}

export function refuseDisabled({ key, arn }: FoundState): void {
  if (key.state === "Disabled") throw new ApiError(DisabledException$, `${arn} is disabled.`);
}

/** Of a key that is about to be deleted nothing can be changed. */
export function refusePendingDeletion({ key, arn }: FoundState): void {
  if (key.state === "PendingDeletion") throw new ApiError(KMSInvalidStateException$, `${arn} is pending deletion.`);
  if (key.state === "PendingReplicaDeletion") {
    throw new ApiError(KMSInvalidStateException$, `${arn} is pending replica deletion.`);
  }
}

export function refusePendingImport({ key, arn }: FoundState): void {
  if (key.state === "PendingImport") throw new ApiError(KMSInvalidStateException$, `${arn} is pending import.`);
}

/** The options of cryptographic operations that are not about the key itself. */
export interface UseOptions {
  readonly algorithms?: readonly (string | undefined)[];
  readonly recipient?: object | undefined;
}

/** Refuses algorithms that the key has not, and answers for a Nitro enclave, which would have to be encrypted for it. */
export function refuseOptions({ algorithms = [], recipient }: UseOptions): void {
  const algorithm = algorithms.find((name) => name !== undefined && name !== "SYMMETRIC_DEFAULT");
  if (algorithm !== undefined) {
    const message = `Algorithm ${algorithm} is incompatible with key spec SYMMETRIC_DEFAULT.`;
    throw new ApiError(InvalidKeyUsageException$, message);
  }
  if (recipient) throw new ApiError(UnsupportedOperationException$, "Recipient is not supported by Sealift");
}

/** Called when all but the answer is done. */
export function refuseDryRun(dryRun: boolean | undefined): void {
  if (!dryRun) return;
  throw new ApiError(DryRunOperationException$, "The request would have succeeded, but the DryRun option is set.");
}
