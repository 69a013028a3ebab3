import { TagException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";

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

/** A key's tags with those of a request put over them. */
export function mergeTags(tags: ReadonlyMap<string, string>, over: ReadonlyMap<string, string>): Map<string, string> {
  return refuseTooMany(new Map([...tags, ...over]));
}

function refuseTooMany(tags: Map<string, string>): Map<string, string> {
  if (tags.size > limit) throw new ApiError(TagException$, "Too many tags");
  return tags;
}
