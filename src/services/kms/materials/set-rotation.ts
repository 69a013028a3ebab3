import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import type { FoundKey } from "../keys/find.ts";
import { refuseDisabled, refusePendingDeletion } from "../keys/state.ts";
import { refuseReplica, refuseWithoutAutomaticRotation } from "./rotation-rules.ts";

/** Sets the days between the key's automatic rotations; `undefined` ends them. */
export async function setRotation({ store }: Kms, found: FoundKey, period: number | undefined): Promise<void> {
  const isThere = await store.rotations.set(found.key, period, (key) => {
    const current = { ...found, key };
    refuseDisabled(current);
    refusePendingDeletion(current);
    refuseWithoutAutomaticRotation(current);
    refuseReplica(current);
  });
  if (!isThere) throw keyNotFound(found.arn);
}
