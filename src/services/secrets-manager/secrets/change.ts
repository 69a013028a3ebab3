import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { changedMeanwhile, secretNotFound } from "../errors.ts";
import { isSameToPolicies } from "./access.ts";
import type { Secret } from "./secret.ts";
import type { Changed, ChangeOptions, Decide } from "./writes.ts";

/**
 * Changes the secret that was found and authorized, as `decide` says. Throws if that secret is gone, or if policies might
 * decide otherwise on it now.
 */
export async function changeFound<Answer>(
  { store }: Pick<SecretsManager, "store">,
  call: Call,
  found: Secret,
  decide: Decide<Answer>,
  options: Omit<ChangeOptions, "now"> = {},
): Promise<Changed<Answer>> {
  const changed = await store.writes.change<Answer>(
    found.arn,
    { ...options, now: call.time },
    (secret, version, rotation) => {
      if (!isSameToPolicies(found, secret)) throw changedMeanwhile();
      return decide(secret, version, rotation);
    },
  );
  if (!changed) throw secretNotFound();
  return changed;
}
