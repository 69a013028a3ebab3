import { TagException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Tag } from "../../../model/tag-conditions.ts";

const limit = 50;

/** The tags of a request. Throws AWS's `TagException`. */
export function readTags(
  tags: readonly { readonly TagKey: string; readonly TagValue: string }[] = [],
): Map<string, string> {
  const read = new Map(tags.map((tag) => [tag.TagKey, tag.TagValue]));
  if (read.size < tags.length) throw new ApiError(TagException$, "Duplicate tag keys");
  if ([...read.keys()].some((name) => name.toLowerCase().startsWith("aws:"))) {
    throw new ApiError(TagException$, "Tags beginning with aws: are reserved");
  }
  return refuseTooMany(read);
}

/** A key's tags, overwritten and completed by those of a request. */
export function mergeTags(tags: ReadonlyMap<string, string>, over: ReadonlyMap<string, string>): Map<string, string> {
  return refuseTooMany(new Map([...tags, ...over]));
}

function refuseTooMany(tags: Map<string, string>): Map<string, string> {
  if (tags.size > limit) throw new ApiError(TagException$, "Too many tags");
  return tags;
}

/** A key's tags as KMS shows them. */
export function tagMembers(
  tags: ReadonlyMap<string, string>,
): { readonly TagKey: string; readonly TagValue: string }[] {
  return [...tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

/** A key's tags as condition keys are made of them. */
export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([key, value]) => ({ key, value }));
}
