import type { Tags } from "./entities/entity.ts";
import { requestTagConditions } from "./tags.ts";

type Conditions = Record<string, string | readonly string[]>;

/** Condition keys of the tags of what is neither user nor role: they have no name of IAM's own. */
export function awsResourceTags(tags: Tags = {}): Conditions {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

/** Of tags that something is made with: policies find them as the request's and as the resource's. */
export function newResourceTags(tags: Tags): Conditions {
  return { ...requestTagConditions(tags), ...awsResourceTags(tags) };
}
