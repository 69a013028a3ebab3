import type { Tag } from "@aws-sdk/client-iam";
import { type ConditionKeys, newTagKeys, requestTagKeys, resourceTagKeys } from "../../model/tag-conditions.ts";
import { invalidInput, limitExceeded } from "./errors.ts";
import { type PageInput, pageOf } from "./page.ts";

export type Tags = Readonly<Record<string, string>>;

const most = 50;

/** The tags of users and roles, whose keys differ in more than case. */
export const entityTags = tagRules((key) => key.toLowerCase());

/**
 * The tags of everything but users and roles: their keys may differ in case only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
 */
export const casedTags = tagRules((key) => key);

/** `identity` gives the same text for two keys that are one. */
function tagRules(identity: (key: string) => string) {
  function remove(current: Tags, keys: readonly string[]): Tags {
    const removed = new Set(keys.map(identity));
    return Object.fromEntries(Object.entries(current).filter(([key]) => !removed.has(identity(key))));
  }
  return {
    remove,
    /** The tags of a request. Refuses a key that occurs twice. */
    read(tags: readonly { readonly Key: string; readonly Value: string }[] = []): Tags {
      const keys = tags.map(({ Key: key }) => key);
      if (new Set(keys.map(identity)).size < keys.length) {
        throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      const reserved = keys.find((key) => /^aws:/i.test(key));
      if (reserved !== undefined) {
        throw invalidInput(`Tag keys cannot start with 'aws:', which is reserved: '${reserved}'`);
      }
      return Object.fromEntries(tags.map(({ Key: key, Value: value }) => [key, value]));
    },
    /** `current` with `added`. An added tag takes the place of the one that has its key. */
    merge(current: Tags, added: Tags): Tags {
      const replacing = new Map(Object.entries(added).map((tag) => [identity(tag[0]), tag]));
      const kept = Object.entries(current).map((tag) => replacing.get(identity(tag[0])) ?? tag);
      const merged = { ...Object.fromEntries(kept), ...added };
      if (Object.keys(merged).length > most) throw limitExceeded("The number of tags has reached the maximum limit.");
      return merged;
    },
  };
}

export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));
}

/** A page of tags, as the List…Tags operations answer it. */
export function listTags(tags: Tags, input: PageInput) {
  const { page, ...rest } = pageOf([...tagList(tags).entries()], input, ([index]) => String(index).padStart(2, "0"));
  return { Tags: page.map(([, tag]) => tag), ...rest };
}

/** Condition keys of the tags in a request. */
export function requestTags(tags: Tags): ConditionKeys {
  return requestTagKeys(pairs(tags));
}

/** Condition keys of a resource's tags. IAM has its own prefix for those of users and roles. */
export function resourceTags(tags: Tags | undefined, service?: "iam"): ConditionKeys {
  return resourceTagKeys(pairs(tags ?? {}), service);
}

/** Condition keys of tags that a request makes a resource with. */
export function newTags(tags: Tags, service?: "iam"): ConditionKeys {
  return newTagKeys(pairs(tags), service);
}

function pairs(tags: Tags) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
