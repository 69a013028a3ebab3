import type { Tag } from "@aws-sdk/client-ecs";
import { scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { Task } from "../tasks/task.ts";
import { referencesOf } from "./references.ts";
import { type HeldState, oneLook, resolveAll, statesOf } from "./staleness.ts";

/** Before the ARN of a secret or parameter: the key of the tag that says which versions of it a task holds. */
const secretTag = "sealift:secret:";

/** The key of the tag that says how that was learnt. */
export const learntTag = "sealift:secrets-learnt-from";

/** The key of the tag that says why a task could not get newer versions while it runs. */
const failureTag = "sealift:secrets-failure";

/** A tag of DescribeTasks about one secret, taken apart. */
export type ToldSecret = HeldState;

/**
 * Tags that DescribeTasks adds for those who ask for tags: each secret with `version state container,container`, several of them
 * parted by `; `. They are nowhere stored, so ListTagsForResource has none of them.
 */
export function secretTags(context: Pick<Ecs, "store" | "currentVersions">) {
  const currentVersions = oneLook(context.currentVersions ?? (async () => []));
  return async ({ arn, definitionArn, held }: Task): Promise<readonly Tag[]> => {
    if (!held || held.secrets.length === 0) return [];
    const definition = await context.store.definitions.get(definitionArn);
    const references = definition ? referencesOf(definition, scopeOf(arn)) : [];
    const states = statesOf(held.secrets, await resolveAll(references, currentVersions));
    return [
      ...Map.groupBy(states, (one) => one.arn)
        .entries()
        .map(([secret, versions]) => ({ key: `${secretTag}${secret}`, value: versions.map(written).join("; ") })),
      { key: learntTag, value: held.from },
      ...(held.failure === undefined ? [] : [{ key: failureTag, value: held.failure }]),
    ];
  };
}

function written({ version, state, containers }: HeldState): string {
  return `${version} ${state} ${containers.join(",")}`;
}

/** The secrets that a task holds, from the tags that DescribeTasks gave it. */
export function toldSecrets(tags: readonly Tag[]): readonly ToldSecret[] {
  return tags.flatMap(({ key = "", value = "" }) => {
    if (!key.startsWith(secretTag)) return [];
    return value.split("; ").flatMap((entry): readonly ToldSecret[] => {
      const [version = "", state = "", containers = ""] = entry.split(" ");
      if (state !== "current" && state !== "stale" && state !== "gone") return [];
      return [{ arn: key.slice(secretTag.length), version, state, containers: containers.split(",") }];
    });
  });
}
