import type { Call } from "../../../../model/call.ts";
import type { Need } from "../../../../model/operation.ts";
import type { ConditionKeys } from "../../../../model/tag-conditions.ts";
import { resourceTags } from "../../tags.ts";
import type { FoundInstanceProfile } from "./find.ts";
import { instanceProfileArn } from "./instance-profile.ts";

/** Access to an instance profile. `conditions` adds keys that the request sets. */
export function onInstanceProfile(
  { name, profile }: FoundInstanceProfile,
  _input: unknown,
  call: Call,
  conditions: ConditionKeys = {},
): Need {
  return {
    resource: instanceProfileArn(call, profile?.path ?? "/", name),
    conditions: { ...resourceTags(profile?.tags), ...conditions },
  };
}
