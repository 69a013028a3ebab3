import type { Call } from "../../../model/call.ts";
import { accessDeniedException } from "../../../model/common-errors.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { SecretsManager } from "../context.ts";
import { accessTo, type Conditions } from "./access.ts";
import { changeFound } from "./change.ts";
import { refuseUnchangeable, type Secret } from "./secret.ts";

/** Changes the tags of the secret that was found, unless the caller would lose its permission for `action` by that. */
export async function changeTags(
  context: SecretsManager,
  call: Call,
  found: Secret,
  { action, conditions }: { readonly action: string; readonly conditions: Conditions },
  change: (tags: readonly Tag[]) => readonly Tag[],
): Promise<void> {
  const tagged = { ...found, tags: change(found.tags ?? []) };
  const denial = await context.authorize(call, { ...accessTo(tagged, conditions), action });
  if (denial !== undefined) throw accessDeniedException(denial);
  await changeFound(context, call, found, (secret) => {
    refuseUnchangeable(secret);
    return { answer: undefined, secret: { ...secret, tags: change(secret.tags ?? []) } };
  });
}
