import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { ConditionKeys } from "../../../model/tag-conditions.ts";
import { resourceTags, type Tags } from "../tags.ts";

/** Access to an identity provider. `conditions` adds keys that the request sets. */
export function onProvider(
  { arn, provider }: { readonly arn: string; readonly provider: { readonly tags: Tags } | undefined },
  _input: unknown,
  _call: Call,
  conditions: ConditionKeys = {},
): Need {
  return { resource: arn, conditions: { ...resourceTags(provider?.tags), ...conditions } };
}
