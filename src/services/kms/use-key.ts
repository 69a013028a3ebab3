import type { KeyObject } from "node:crypto";
import {
  DisabledException$,
  DryRunOperationException$,
  InvalidKeyUsageException$,
  type KeyUsageType,
  KMSInvalidStateException$,
  UnsupportedOperationException$,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import type { FoundKey } from "./find-key.ts";
import { supportsAlgorithm } from "./key-spec.ts";
import type { Keys } from "./keys.ts";

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

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export function refuseUnusable(found: FoundKey): void {
  if (found.key.state === "Disabled") throw new ApiError(DisabledException$, `${found.arn} is disabled.`);
  refusePendingDeletion(found);
}

/** Of a key that is about to be deleted nothing can be changed. */
export function refusePendingDeletion({
  key,
  arn,
}: Pick<FoundKey, "arn"> & { key: Pick<FoundKey["key"], "state"> }): void {
  if (key.state === "PendingDeletion") throw new ApiError(KMSInvalidStateException$, `${arn} is pending deletion.`);
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
