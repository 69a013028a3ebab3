import type { KeyObject } from "node:crypto";
import {
  DisabledException$,
  DryRunOperationException$,
  InvalidKeyUsageException$,
  type KeyUsageType,
  KMSInvalidStateException$,
  UnsupportedOperationException$,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { FoundKey } from "../keys/find.ts";
import { supportsAlgorithm } from "../keys/spec.ts";
import type { Keys } from "../store.ts";
import { parseCiphertext } from "./ciphertext.ts";

/** What a key is asked to do. */
export interface Use {
  /** KMS's operation, as it is named in refusals. */
  readonly operation: string;
  readonly usage: KeyUsageType;
  readonly algorithm: string;
}

/** The key's current secret or private key; the caller has been allowed to use it. Throws where it is not fit for that use. */
export async function keyToUse(keys: Keys, found: FoundKey, use: Use): Promise<KeyObject> {
  refuseUnfit(found, use);
  const material = await keys.material(found.key, found.key.materialVersion);
  if (!material) throw new Error(`The material of KMS key ${found.key.id} is missing`);
  return material;
}

/** Refuses in AWS's order: the key's state, its usage, and an algorithm that it has not. */
export function refuseUnfit(found: FoundKey, { operation, usage, algorithm }: Use): void {
  const { key, arn } = found;
  refuseUnusable(found);
  if (key.usage !== usage) {
    const message = `${arn} key usage is ${key.usage} which is not valid for ${operation}.`;
    throw new ApiError(InvalidKeyUsageException$, message);
  }
  if (supportsAlgorithm(key.spec, usage, algorithm)) return;
  throw new ApiError(InvalidKeyUsageException$, `Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
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

/** Refuses to answer for a Nitro enclave, which would have to be encrypted for it. */
export function refuseRecipient(recipient: object | undefined): void {
  if (recipient) throw new ApiError(UnsupportedOperationException$, "Recipient is not supported by Sealift");
}

/** Called when all but the answer is done. */
export function refuseDryRun(dryRun: boolean | undefined): void {
  if (!dryRun) return;
  throw new ApiError(DryRunOperationException$, "The request would have succeeded, but the DryRun option is set.");
}
