import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { accessDenied, refuseUnchangeable, secretNotFound } from "../errors.ts";
import { accessTo, type Conditions, changeableSecret } from "./access.ts";
import type { Tag } from "./secret.ts";

/** Changes the tags of the secret that was found, unless the caller would lose the permission to do so by it. */
export async function changeTags(
  action: string,
  { authorize, secrets }: SecretsManager,
  call: Call,
  conditions: Conditions,
  change: (tags: readonly Tag[]) => readonly Tag[],
): Promise<void> {
  const secret = changeableSecret(call);
  const tagged = { ...secret, tags: change(secret.tags ?? []) };
  const denial = await authorize(call, accessTo(action, tagged, tagged, conditions));
  if (denial !== undefined) throw accessDenied(denial);
  const changed = await secrets.change(secret.arn, { now: call.time }, (now) => {
    refuseUnchangeable(now);
    return { answer: true, secret: { ...now, tags: change(now.tags ?? []) } };
  });
  if (!changed) throw secretNotFound();
}
