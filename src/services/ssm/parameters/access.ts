import { isDeepStrictEqual } from "node:util";
import { defined } from "../../../defined.ts";
import type { Need } from "../../../model/operation.ts";
import { type ConditionKeys, requestTagKeys, resourceTagKeys, type Tag } from "../../../model/tag-conditions.ts";
import type { FoundParameter } from "./found.ts";
import type { Parameter } from "./parameter.ts";

/** The permission that an operation on a parameter needs; `conditions` are the request's own. */
export function parameterAccess({ reference, parameter }: FoundParameter, conditions: ConditionKeys = {}): Need {
  return {
    resource: reference.arn,
    // Policies decide on public parameters as on the caller's own.
    ...defined({ resourceAccount: reference.account || undefined }),
    conditions: { ...tagKeys(parameter?.tags ?? []), ...conditions },
  };
}

/** As `parameterAccess` for one of the operations that a parameter's resource policy can allow. */
export function sharedAccess(found: FoundParameter): Need {
  const need = parameterAccess(found);
  const policy = found.parameter?.resourcePolicy;
  if (!policy) return need;
  return { ...need, resourcePolicy: { name: policy.id, document: policy.document, rule: "either" } };
}

/** The permissions that putting a parameter needs; `tags` are the request's. */
export function putAccess(found: FoundParameter, tags: readonly Tag[], conditions: ConditionKeys): readonly Need[] {
  const need = parameterAccess(found, tags.length > 0 ? { ...requestTagKeys(tags), ...tagKeys(tags) } : {});
  const put = { ...need, conditions: { ...need.conditions, ...conditions } };
  // AWS asks for this too if a parameter is made with tags.
  return tags.length === 0 ? [put] : [put, { ...need, action: "ssm:AddTagsToResource" }];
}

/** True if policies decide the same on changes of both. Resource policies have no say in changes. */
export function isSameToPolicies(one: Parameter | undefined, other: Parameter | undefined): boolean {
  return isDeepStrictEqual(tagKeys(one?.tags ?? []), tagKeys(other?.tags ?? []));
}

/** True if the parameter has parameter policies, or a request gives it some: `ssm:Policies` is about these. */
export function concernsPolicies(requested: string | undefined, parameter: Parameter | undefined): boolean {
  return requested !== undefined || (parameter?.policies.length ?? 0) > 0;
}

function tagKeys(tags: readonly Tag[]): ConditionKeys {
  const keys = resourceTagKeys(tags);
  for (const { key, value } of tags) keys[`ssm:resourceTag/${key}`] = value;
  return keys;
}
