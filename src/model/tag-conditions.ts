/** A tag as services keep it; each API has its own spelling of the members. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

export type ConditionKeys = Record<string, string | readonly string[]>;

/**
 * Condition keys of the tags that a request brings: `aws:RequestTag/…` and `aws:TagKeys`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestTagKeys(tags: readonly Tag[]): ConditionKeys {
  if (tags.length === 0) return {};
  const keys: ConditionKeys = { "aws:TagKeys": tags.map(({ key }) => key) };
  for (const { key, value } of tags) keys[`aws:RequestTag/${key}`] = value;
  return keys;
}

/**
 * Condition keys of the tags that a resource has: `aws:ResourceTag/…`, and the same under the service's own prefix where it
 * has one.
 */
export function resourceTagKeys(tags: readonly Tag[], service?: string): ConditionKeys {
  const keys: ConditionKeys = {};
  for (const { key, value } of tags) {
    keys[`aws:ResourceTag/${key}`] = value;
    if (service !== undefined) keys[`${service}:ResourceTag/${key}`] = value;
  }
  return keys;
}

/** Condition keys of tags that a request makes a resource with: policies find them under both. */
export function newTagKeys(tags: readonly Tag[], service?: string): ConditionKeys {
  return { ...requestTagKeys(tags), ...resourceTagKeys(tags, service) };
}
