import type { TagPair } from "../../parts/tags.tsx";

/** AWS's own tags, which nobody else may change. */
export function isReserved({ key }: TagPair): boolean {
  return /^aws:/i.test(key);
}

/** What has to be set and removed to make the one the other. Rows without a key are none. */
export function tagChanges(before: readonly TagPair[], after: readonly TagPair[]) {
  const wanted = after.filter(({ key }) => key !== "");
  return {
    set: wanted.filter((tag) => !before.some(({ key, value }) => key === tag.key && value === tag.value)),
    removed: before.filter((tag) => !wanted.some(({ key }) => key === tag.key)).map(({ key }) => key),
  };
}
