import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { changedMeanwhile, secretNotFound } from "../errors.ts";
import { isSameToPolicies } from "./access.ts";
import type { Secret } from "./secret.ts";
import type { Changed, ChangeOptions, Decide } from "./writes.ts";

type Context = Pick<SecretsManager, "store">;
type Options = Omit<ChangeOptions, "now">;

/**
 * Changes the secret that was found and authorised, as `decide` says. Throws if that secret is gone, or if policies might
 * decide otherwise on it now.
 */
export async function changeFound<Answer>(
  context: Context,
  call: Call,
  found: Secret,
  decide: Decide<Answer>,
  options?: Options,
): Promise<Changed<Answer>> {
  const changed = await changeIfThere(context, call, found, decide, options);
  if (!changed) throw secretNotFound();
  return changed;
}

/** As `changeFound`; `undefined` if that secret is gone. */
export function changeIfThere<Answer>(
  { store }: Context,
  call: Call,
  found: Secret,
  decide: Decide<Answer>,
  options: Options = {},
): Promise<Changed<Answer> | undefined> {
  return store.writes.change<Answer>(found.arn, { ...options, now: call.time }, (secret, version, rotation) => {
    if (!isSameToPolicies(found, secret)) throw changedMeanwhile();
    return decide(secret, version, rotation);
  });
}
