import { InvalidTagParameterException$, TooManyTagsException$ } from "@aws-sdk/client-ecr";
import { parseArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { Ecr } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findRepository } from "./find.ts";
import type { FoundRepository } from "./repository.ts";

/** AWS's quota of tags on one repository. */
const maximum = 50;

/** Tags of a request; the last of each key counts. Throws if a key is AWS's own. */
export function requestedTags(tags: readonly { Key?: string; Value?: string }[] = []): Tag[] {
  const read = tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  if (read.some(({ key }) => key.toLowerCase().startsWith("aws:"))) {
    const message = "Tag keys that begin with 'aws:' are reserved for the use of AWS";
    throw new ApiError(InvalidTagParameterException$, message);
  }
  return withTags([], read);
}

/** `tags` with `added`, which replace those of the same keys. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const byKey = new Map(tags.map((tag) => [tag.key, tag]));
  for (const tag of added) byKey.set(tag.key, tag);
  if (byKey.size > maximum) {
    throw new ApiError(TooManyTagsException$, `A repository can have at most ${maximum} tags.`);
  }
  return [...byKey.values()];
}

/** The repository of an ARN. */
export async function findTagged(context: Pick<Ecr, "store">, call: Call, arn: string): Promise<FoundRepository> {
  const parsed = parseArn(arn);
  const [, name] = /^repository\/(.+)$/.exec(parsed?.resource ?? "") ?? [];
  if (parsed?.service !== "ecr" || name === undefined || parsed.region !== call.region) {
    throw invalidParameter(`Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'`);
  }
  return findRepository(context, call, name, parsed.account);
}
