import type { Tag } from "@aws-sdk/client-ecs";
import type { ApiError } from "../../../model/api-error.ts";
import type { Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { untaggable } from "./taggable.ts";

/** The tags of the resource that a request names. */
export interface FoundTags {
  readonly arn: string;
  readonly tags: readonly Tag[];
  /** AWS's refusal where there is no such resource. */
  readonly refusal: ApiError | undefined;
}

export async function findTags({ store }: Pick<Ecs, "store">, scope: Scope, arn: string): Promise<FoundTags> {
  return { arn, tags: await store.tags.get(arn), refusal: await untaggable(store, scope, arn) };
}
