import { TooManyTagsError$ } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Tag } from "../../../model/tag-conditions.ts";

/** AWS's quota of tags on one parameter. */
const maximum = 50;

/** Tags of a request; the last of each key counts. Throws if a key is AWS's own. */
export function requestedTags(tags: readonly { Key: string; Value: string }[] | undefined): Tag[] {
  const read = (tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
  if (read.some(({ key }) => key.toLowerCase().startsWith("aws:"))) {
    throw validationException("aws: prefixed tag key names are not allowed for external use.");
  }
  return withTags([], read);
}

/** `tags` with `added`, which replace those of the same keys. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const byKey = new Map(tags.map((tag) => [tag.key, tag]));
  for (const tag of added) byKey.set(tag.key, tag);
  if (byKey.size > maximum) {
    throw new ApiError(TooManyTagsError$, `The number of tags on a parameter can't exceed ${maximum}.`);
  }
  return [...byKey.values()];
}

export function withoutTags(tags: readonly Tag[], keys: readonly string[]): Tag[] {
  return tags.filter(({ key }) => !keys.includes(key));
}
