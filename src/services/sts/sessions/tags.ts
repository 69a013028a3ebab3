import type { AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import type { Principal } from "../../../model/call.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { Tags } from "../../iam/index.ts";
import { invalidParameter } from "../errors.ts";

/** Tags of a session, and which of them pass on. */
export interface SessionTags {
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
}

/** The tags that the input asks for. Refuses a key that is there twice in whatever case. */
export function requestedTags({ Tags: tags = [] }: Pick<AssumeRoleCommandInput, "Tags">): Tags {
  const keys = tags.map(({ Key: key = "" }) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidParameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (keys.some((key) => key.startsWith("aws:"))) {
    throw invalidParameter("Tag keys starting with 'aws:' are reserved for internal use.");
  }
  return Object.fromEntries(tags.map(({ Key: key = "", Value: value = "" }) => [key, value]));
}

/** The session's tags: the requested ones, and those that the caller's session passes on. */
export function sessionTags(
  requested: Tags,
  { TransitiveTagKeys: transitive = [] }: Pick<AssumeRoleCommandInput, "TransitiveTagKeys">,
  caller: Principal,
): SessionTags {
  const inheritedKeys = caller.transitiveTagKeys ?? [];
  const inherited = Object.entries(caller.tags ?? {}).filter(([key]) => inheritedKeys.includes(key));
  const taken = new Set(inherited.map(([key]) => key.toLowerCase()));
  if (Object.keys(requested).some((key) => taken.has(key.toLowerCase()))) {
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const passedOn = transitiveKeys(Object.keys(requested), transitive);
  if (!passedOn) throw invalidParameter("The specified transitive tag key must be included in the requested tags.");
  return {
    tags: { ...requested, ...Object.fromEntries(inherited) },
    transitiveTagKeys: [...passedOn, ...inherited.map(([key]) => key)],
  };
}

/** The keys of `keys` that `named` names in whatever case; `undefined` where it names another one. */
export function transitiveKeys(keys: readonly string[], named: readonly string[]): readonly string[] | undefined {
  const wanted = new Set(named.map((key) => key.toLowerCase()));
  const passedOn = keys.filter((key) => wanted.has(key.toLowerCase()));
  return passedOn.length === wanted.size ? passedOn : undefined;
}

/** Tags as a list, which condition keys are made of. */
export function tagList(tags: Tags): readonly Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
