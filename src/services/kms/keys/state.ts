import { DisabledException$, KMSInvalidStateException$ } from "@aws-sdk/client-kms";
import { KmsRefusal } from "../refusal.ts";
import type { Key } from "./key.ts";

interface KeyInState {
  readonly key: Pick<Key, "state">;
  readonly arn: string;
}

/** Refuses a key that cannot be used now. https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export function refuseUnusable(found: KeyInState): void {
  refuseDisabled(found);
  refusePendingDeletion(found);
  refusePendingImport(found);
}

export function refuseDisabled({ key, arn }: KeyInState): void {
  if (key.state === "Disabled") throw new KmsRefusal("unusable key", DisabledException$, `${arn} is disabled.`);
}

/** A key that will be deleted cannot be changed. */
export function refusePendingDeletion({ key, arn }: KeyInState): void {
  if (key.state === "PendingDeletion") throw invalidState(`${arn} is pending deletion.`);
  if (key.state === "PendingReplicaDeletion") throw invalidState(`${arn} is pending replica deletion.`);
}

export function refusePendingImport({ key, arn }: KeyInState): void {
  if (key.state === "PendingImport") throw invalidState(`${arn} is pending import.`);
}

function invalidState(message: string): KmsRefusal {
  return new KmsRefusal("unusable key", KMSInvalidStateException$, message);
}
