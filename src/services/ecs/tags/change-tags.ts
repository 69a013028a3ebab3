import type { Tag } from "@aws-sdk/client-ecs";
import type { Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { FoundTags } from "./find.ts";
import { untaggable } from "./taggable.ts";

/** Changes the tags of a resource. Refuses where there is no such resource, or it was deleted after it was found. */
export async function changeTags(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  { refusal, arn }: FoundTags,
  change: (tags: readonly Tag[]) => readonly Tag[],
): Promise<void> {
  if (refusal) throw refusal;
  await store.transaction(async (records) => {
    const gone = await untaggable(records, scope, arn);
    if (gone) throw gone;
    await records.tags.put(arn, change(await records.tags.get(arn)));
  });
}
