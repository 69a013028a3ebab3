import type { SecretsManagerStore } from "../store.ts";
import { secretReference } from "./reference.ts";
import type { Place } from "./secret.ts";
import { current } from "./stages.ts";

/** Selects a version by its id, or by a staging label. AWSCURRENT unless given. */
export type StageOrVersion = { readonly stage: string } | { readonly version: string };

/** The version of a secret that a reader would get now, without its value; `undefined` where there is none. */
export async function currentVersion(
  { secrets, versions }: Pick<SecretsManagerStore, "secrets" | "versions">,
  place: Place,
  { id, selector = { stage: current } }: { readonly id: string; readonly selector?: StageOrVersion },
  now: Date,
): Promise<{ readonly arn: string; readonly version: string } | undefined> {
  const reference = secretReference(place, id);
  const secret = reference && (await secrets.find(reference, now));
  // One that is to be deleted cannot be read.
  if (!secret || secret.deletesAt) return undefined;
  const { arn } = secret;
  if ("stage" in selector) {
    const version = secret.stages.get(selector.stage);
    return version === undefined ? undefined : { arn, version };
  }
  const { version } = selector;
  return (await versions.find(arn, version)) ? { arn, version } : undefined;
}
