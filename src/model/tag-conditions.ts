/** A tag as services store it. Each API spells the members its own way. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

export type ConditionKeys = Record<string, string | readonly string[]>;

/**
 * Condition keys of the tags in a request: `aws:RequestTag/…` and `aws:TagKeys`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestTagKeys(tags: readonly Tag[]): ConditionKeys {
  if (tags.length === 0) return {};
  const keys: ConditionKeys = { "aws:TagKeys": tags.map(({ key }) => key) };
  for (const { key, value } of tags) keys[`aws:RequestTag/${key}`] = value;
  return keys;
}

/**
 * Condition keys of a resource's tags: `aws:ResourceTag/…`, and the same under the service's prefix if `service` is given.
 */
export function resourceTagKeys(tags: readonly Tag[], service?: string): ConditionKeys {
  const keys: ConditionKeys = {};
  for (const { key, value } of tags) {
    keys[`aws:ResourceTag/${key}`] = value;
    if (service !== undefined) keys[`${service}:ResourceTag/${key}`] = value;
  }
  return keys;
}

/** Condition keys of the tags of a resource that a request creates. Policies see them as request tags and resource tags. */
export function newTagKeys(tags: readonly Tag[], service?: string): ConditionKeys {
  return { ...requestTagKeys(tags), ...resourceTagKeys(tags, service) };
}
