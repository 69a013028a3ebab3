import type { Tag } from "@aws-sdk/client-ecs";
import type { Tag as PlainTag } from "../../../model/tag-conditions.ts";
import { invalidParameter } from "../errors.ts";

/** The most tags that a resource can have. */
export const mostTags = 50;

/** The API's tags, in which both members may be absent, with both. */
export function plainTags(tags: readonly Partial<Tag>[]): readonly PlainTag[] {
  return tags.map(({ key = "", value = "" }) => ({ key, value }));
}

/** Throws AWS's refusal of tags that a request cannot make a resource with. */
export function checkNewTags(tags: readonly Partial<Tag>[] = []): void {
  const keys = tags.map(({ key = "" }) => key);
  if (keys.some((key) => /^aws:/i.test(key))) throw reservedTag();
  if (new Set(keys).size < keys.length) throw invalidParameter("Duplicate tag keys found. Please remove duplicates.");
}

export const reservedTag = () => invalidParameter("Tag keys that start with 'aws:' are reserved.");

/** Tags by key; of several with one key the last wins, in the first one's place. */
export function mergeTags(...lists: readonly (readonly Tag[])[]): readonly Tag[] {
  const tags = new Map<string, Tag>();
  for (const tag of lists.flat()) tags.set(tag.key ?? "", tag);
  return [...tags.values()];
}

/** The tags of a new task: the propagated ones, then its own, then those that ECS manages. */
export function taskTags(
  own: readonly Tag[],
  propagated: readonly Tag[],
  managed: Readonly<Record<string, string>>,
): readonly Tag[] {
  return mergeTags(
    propagated,
    own,
    Object.entries(managed).map(([key, value]) => ({ key, value })),
  );
}
