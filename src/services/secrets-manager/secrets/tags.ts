import type { Tag } from "../../../model/tag-conditions.ts";
import { invalidParameter } from "../errors.ts";

/** AWS's quota of tags on one secret. */
const maximum = 50;

/** Tags of a request. Throws if a key repeats or is AWS's own. */
export function requestedTags(tags: readonly { Key?: string; Value?: string }[] = []): Tag[] {
  const read = tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  const keys = new Set(read.map(({ key }) => key));
  if (keys.size < read.length)
    throw invalidParameter("Duplicate tag keys found. Please note that Tag keys are case sensitive.");
  if (keys.has("")) throw invalidParameter("Tag keys cannot be empty.");
  if ([...keys].some((key) => key.toLowerCase().startsWith("aws:"))) {
    throw invalidParameter("aws: prefixed tag key names are not allowed for external use.");
  }
  return withTags([], read);
}

/** `tags` with `added`, which replace those of the same keys. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const byKey = new Map(tags.map((tag) => [tag.key, tag]));
  for (const tag of added) byKey.set(tag.key, tag);
  if (byKey.size > maximum) throw invalidParameter(`A secret can have at most ${maximum} tags.`);
  return [...byKey.values()];
}

export function withoutTags(tags: readonly Tag[], keys: readonly string[]): Tag[] {
  return tags.filter(({ key }) => !keys.includes(key));
}
