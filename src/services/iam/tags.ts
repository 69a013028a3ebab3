import type { Tag } from "@aws-sdk/client-iam";
import type { Tags } from "./entities/entity.ts";
import { invalidInput, limitExceeded } from "./errors.ts";

const most = 50;

/** Users and roles have no two tags whose keys differ in case only. */
export const {
  read: readTags,
  merge: mergeTags,
  remove: removeTags,
} = tagRules((key) => key.toLowerCase(), "Duplicate tag keys found. Please note that Tag keys are case insensitive.");

/**
 * The tags of policies, instance profiles and identity providers, whose keys may differ in case only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 */
export const casedTags = tagRules((key) => key, "Duplicate tag keys found.");

/** `sameAs` of two keys is the same where they are one. */
function tagRules(sameAs: (key: string) => string, duplicate: string) {
  function remove(current: Tags, keys: readonly string[]): Tags {
    const removed = new Set(keys.map(sameAs));
    return Object.fromEntries(Object.entries(current).filter(([key]) => !removed.has(sameAs(key))));
  }
  return {
    remove,
    /** The tags of a request; refuses a key that is there twice. */
    read(tags: readonly { readonly Key: string; readonly Value: string }[] = []): Tags {
      const keys = tags.map(({ Key: key }) => key);
      if (new Set(keys.map(sameAs)).size < keys.length) throw invalidInput(duplicate);
      const reserved = keys.find((key) => /^aws:/i.test(key));
      if (reserved !== undefined) {
        throw invalidInput(`Tag keys cannot start with 'aws:', which is reserved: '${reserved}'`);
      }
      return Object.fromEntries(tags.map(({ Key: key, Value: value }) => [key, value]));
    },
    /** `current` with `added`, which replace those that have the same key. */
    merge(current: Tags, added: Tags): Tags {
      const merged = { ...remove(current, Object.keys(added)), ...added };
      if (Object.keys(merged).length > most) throw limitExceeded("The number of tags has reached the maximum limit.");
      return merged;
    },
  };
}

export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));
}

/** Condition keys of the tags of what a request is about. */
export function resourceTagConditions(tags: Tags = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  );
}

/** Condition keys of tags in a request. */
export function requestTagConditions(tags: Tags): Record<string, string | readonly string[]> {
  const entries = Object.entries(tags);
  if (entries.length === 0) return {};
  return {
    ...Object.fromEntries(entries.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    "aws:TagKeys": entries.map(([key]) => key),
  };
}
