import type { Tags } from "./entities/entity.ts";
import { type PageInput, pageOf } from "./page.ts";
import { tagList } from "./tags.ts";

/** A page of tags, as the List…Tags operations answer it. */
export function listTags(tags: Tags, input: PageInput) {
  const { page, ...rest } = pageOf([...tagList(tags).entries()], input, ([index]) => String(index).padStart(2, "0"));
  return { Tags: page.map(([, tag]) => tag), ...rest };
}
