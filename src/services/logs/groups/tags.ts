import { TooManyTagsException$ } from "@aws-sdk/client-cloudwatch-logs";
import { ApiError } from "../../../model/api-error.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import { invalidParameter } from "../errors.ts";

const most = 50;
const keyForm = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const valueForm = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** Tags of a request. Throws if one of them cannot be a tag. */
export function requestedTags(tags: Readonly<Record<string, string>> = {}): Tag[] {
  const read = Object.entries(tags).map(([key, value]) => ({ key, value }));
  for (const { key, value } of read) {
    if (/^aws:/i.test(key)) throw invalidParameter("System tags cannot be added/updated by requester.");
    if (!keyForm.test(key)) throw invalidParameter(`Invalid tag key: '${key}'`);
    if (!valueForm.test(value)) throw invalidParameter(`Invalid value of the tag '${key}'`);
  }
  refuseMany(read);
  return read;
}

/** `tags` with `added`, which replace those of the same keys. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const byKey = new Map(tags.map((tag) => [tag.key, tag]));
  for (const tag of added) byKey.set(tag.key, tag);
  const all = [...byKey.values()];
  refuseMany(all);
  return all;
}

export function withoutTags(tags: readonly Tag[], keys: readonly string[]): Tag[] {
  return tags.filter(({ key }) => !keys.includes(key));
}

export function shownTags(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function refuseMany(tags: readonly Tag[]): void {
  if (tags.length > most) {
    throw new ApiError(TooManyTagsException$, `A resource can have no more than ${most} tags.`);
  }
}
