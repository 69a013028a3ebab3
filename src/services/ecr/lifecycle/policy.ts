import { invalidParameter } from "../errors.ts";
import { matchesWildcard } from "../repositories/repository.ts";

/** A rule of a lifecycle policy. */
export interface Rule {
  readonly priority: number;
  readonly tagStatus: "tagged" | "untagged" | "any";
  /** Tells whether a tag is one of those that the rule is about, for each text of its list; an image needs a tag for each. */
  readonly tags: readonly ((tag: string) => boolean)[];
  /** Keep so many of the newest, or what was pushed in so many days. */
  readonly keep: { readonly images: number } | { readonly days: number };
}

const mostRules = 50;

class Malformed extends Error {}

/**
 * Reads a lifecycle policy, its most important rule first. Refuses what is not well-formed, and what is not implemented.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function readLifecyclePolicy(text: string): readonly Rule[] {
  try {
    return read(parse(text));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw invalidParameter(
      `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${error.message}'`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed("it is no JSON");
  }
}

function read(policy: unknown): Rule[] {
  const { rules } = members(policy, "The policy", ["rules"]);
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > mostRules) {
    throw new Malformed(`rules must be a list of 1 to ${mostRules} rules`);
  }
  const found = rules.map(readRule).sort((one, other) => one.priority - other.priority);
  for (const [index, { priority, tagStatus }] of found.entries()) {
    if (found[index + 1]?.priority === priority) throw new Malformed(`two rules have the rulePriority ${priority}`);
    if (tagStatus === "any" && index < found.length - 1) {
      throw new Malformed("a rule with the tagStatus any must have the highest rulePriority");
    }
  }
  if (found.filter(({ tagStatus }) => tagStatus === "untagged").length > 1) {
    throw new Malformed("only one rule may have the tagStatus untagged");
  }
  return found;
}

function readRule(given: unknown): Rule {
  const rule = members(given, "A rule", ["rulePriority", "description", "selection", "action"]);
  const priority = whole(rule.rulePriority, "rulePriority");
  if (rule.description !== undefined && typeof rule.description !== "string") {
    throw new Malformed("description must be a text");
  }
  const action = members(rule.action, "action", ["type", "targetStorageClass"]);
  if (action.type !== "expire" || action.targetStorageClass !== undefined) {
    throw new Malformed(`the action ${JSON.stringify(rule.action)} is not implemented by Sealift: only expire is`);
  }
  const selection = members(rule.selection, "selection", [
    ...["tagStatus", "tagPrefixList", "tagPatternList", "countType", "countUnit", "countNumber", "storageClass"],
  ]);
  if (selection.storageClass !== undefined) throw new Malformed("storageClass is not implemented by Sealift");
  const { tagStatus } = selection;
  if (tagStatus !== "tagged" && tagStatus !== "untagged" && tagStatus !== "any") {
    throw new Malformed("tagStatus must be tagged, untagged or any");
  }
  return { priority, tagStatus, tags: readTags(tagStatus, selection), keep: readCount(selection) };
}

function readTags(tagStatus: Rule["tagStatus"], selection: Readonly<Record<string, unknown>>): Rule["tags"] {
  const { tagPrefixList: prefixes, tagPatternList: patterns } = selection;
  const given = [prefixes, patterns].filter((list) => list !== undefined);
  if (tagStatus !== "tagged") {
    if (given.length > 0) throw new Malformed("tagPrefixList and tagPatternList are for the tagStatus tagged only");
    return [];
  }
  const [list] = given;
  const isList = Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === "string" && one !== "");
  if (given.length !== 1 || !isList) {
    throw new Malformed("the tagStatus tagged needs a tagPrefixList or a tagPatternList, a list of texts");
  }
  return (list as string[]).map((text) => (prefixes ? (tag: string) => tag.startsWith(text) : patternTest(text)));
}

/** `*` stands for any text. */
function patternTest(pattern: string): (tag: string) => boolean {
  if (pattern.split("*").length > 5) throw new Malformed("a pattern of tagPatternList has at most four *");
  return (tag) => matchesWildcard(pattern, tag);
}

function readCount({ countType, countUnit, countNumber }: Readonly<Record<string, unknown>>): Rule["keep"] {
  const count = whole(countNumber, "countNumber");
  if (countType === "imageCountMoreThan") {
    if (countUnit !== undefined) throw new Malformed("countUnit is not for the countType imageCountMoreThan");
    return { images: count };
  }
  if (countType !== "sinceImagePushed") {
    throw new Malformed(
      `the countType ${JSON.stringify(countType)} is not implemented by Sealift: imageCountMoreThan and sinceImagePushed are`,
    );
  }
  if (countUnit !== "days") throw new Malformed("the countType sinceImagePushed needs the countUnit days");
  return { days: count };
}

function whole(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw new Malformed(`${name} must be a whole number from 1`);
  }
  return value;
}

function members(value: unknown, what: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Malformed(`${what} must be an object`);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Malformed(`${what} has the unknown member ${unknown}`);
  return value as Readonly<Record<string, unknown>>;
}
