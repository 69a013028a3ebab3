import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { ConditionKeys } from "../../../model/tag-conditions.ts";
import { newTags, resourceTags, type Tags } from "../tags.ts";
import type { FoundPolicy } from "./find.ts";
import { policyArn } from "./policy.ts";

/** Access to read a managed policy. */
export function onPolicy({ arn, policy }: FoundPolicy): Need {
  return { resource: arn, conditions: resourceTags(policy?.tags) };
}

/** Access to change a managed policy. AWS's own policies are another account's, so that nobody may change them. */
export function onPolicyToChange(
  { arn, policy }: FoundPolicy,
  _input: unknown,
  _call: Call,
  conditions: ConditionKeys = {},
): Need {
  return {
    resource: arn,
    conditions: { ...resourceTags(policy?.tags), ...conditions },
    ...defined({ resourceAccount: /^arn:[^:]+:iam::([^:]+):/.exec(arn)?.[1] }),
  };
}

/** Access to make a managed policy. */
export function onNewPolicy(call: Call, path: string | undefined, name: string, tags: Tags): Need {
  return { resource: policyArn(call, path ?? "/", name), conditions: newTags(tags) };
}
