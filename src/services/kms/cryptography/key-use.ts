import type { KeyObject } from "node:crypto";
import { DryRunOperationException$, InvalidKeyUsageException$, type KeyUsageType } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Kms } from "../context.ts";
import { keyNotFound, unsupported } from "../errors.ts";
import type { FoundKey } from "../keys/find.ts";
import { supportsAlgorithm } from "../keys/spec.ts";
import { refuseUnusable } from "../keys/state.ts";
import { KmsRefusal } from "../refusal.ts";

/** A use of a key. */
export interface Use {
  /** KMS's operation, as refusals name it. */
  readonly operation: string;
  readonly usage: KeyUsageType;
  readonly algorithm: string;
}

type Store = Pick<Kms, "store">;

/** The current secret or private key of a key that the caller may use. Throws where the key is not fit for that use. */
export async function keyToUse(context: Store, found: FoundKey, use: Use): Promise<KeyObject> {
  refuseUnfit(found, use);
  return currentMaterial(context, found);
}

/** The key's current secret or private key. */
export async function currentMaterial(context: Store, found: FoundKey): Promise<KeyObject> {
  const material = await context.store.materials.find(found.key, found.key.materialVersion);
  return material ?? refuseMissingMaterial(context, found);
}

/** A usable key has its material, unless that was removed after the key was found: its state says why. */
export async function refuseMissingMaterial({ store }: Store, { key, arn }: FoundKey): Promise<never> {
  const current = await store.keys.find(key.region, key.id);
  if (!current) throw keyNotFound(arn);
  refuseUnusable({ key: current, arn });
  throw new Error(`The material of KMS key ${key.id} is missing`);
}

/** Refuses in AWS's order: the key's state, its usage, and an algorithm that the key does not have. */
export function refuseUnfit(found: FoundKey, { operation, usage, algorithm }: Use): void {
  const { key, arn } = found;
  refuseUnusable(found);
  if (key.usage !== usage) throw invalidUsage(`${arn} key usage is ${key.usage} which is not valid for ${operation}.`);
  if (supportsAlgorithm(key.spec, usage, algorithm)) return;
  throw invalidUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
}

export function invalidUsage(message: string): KmsRefusal {
  return new KmsRefusal("unusable key", InvalidKeyUsageException$, message);
}

/** Refuses to answer for a Nitro enclave: the answer would have to be encrypted for it. */
export function refuseRecipient(recipient: object | undefined): void {
  if (recipient) throw unsupported("Recipient");
}

/** Ends a dry run that would have succeeded. */
export function refuseDryRun(dryRun: boolean | undefined): void {
  if (dryRun) throw dryRunSucceeded();
}

export function dryRunSucceeded(): ApiError {
  const message = "The request would have succeeded, but the DryRun option is set.";
  return new ApiError(DryRunOperationException$, message);
}
