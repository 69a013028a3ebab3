import { invalidParameter } from "../errors.ts";
import { primaryRegionOf, type Secret } from "./secret.ts";

/** A filter of ListSecrets and BatchGetSecretValue. */
export interface Filter {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

type CheckedFilter = { readonly [Member in keyof Filter]-?: NonNullable<Filter[Member]> };

/** The filters of a request. Throws if one lacks its key or its values, which the API's model does not require. */
export function requestedFilters(filters: readonly Filter[] = []): CheckedFilter[] {
  return filters.map(({ Key, Values }) => {
    if (Key === undefined) throw invalidParameter("Invalid filter key");
    if (Values === undefined) throw invalidParameter(`Invalid filter values for key: ${Key}`);
    return { Key, Values };
  });
}

/**
 * True if a secret passes every filter: one of its values matches, and none that starts with "!" does.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_search-secret.html
 */
export function passes(secret: Secret, filters: readonly CheckedFilter[]): boolean {
  return filters.every(({ Key, Values }) => {
    const matches = (value: string) => matchers[Key]?.(secret, value) ?? false;
    const excluded = Values.filter((value) => value.startsWith("!"));
    const wanted = Values.filter((value) => !value.startsWith("!"));
    if (excluded.some((value) => matches(value.slice(1)))) return false;
    return wanted.length === 0 || wanted.some(matches);
  });
}

/** Lists of prefixes: a secret passes only if its name begins with one of each list. The database searches by them. */
export function namePrefixes(filters: readonly CheckedFilter[]): string[][] {
  const named = filters.filter(({ Key }) => Key === "name");
  return named
    .map(({ Values }) => Values.filter((value) => !value.startsWith("!")))
    .filter((wanted) => wanted.length > 0);
}

const matchers: Readonly<Record<string, (secret: Secret, value: string) => boolean>> = {
  name: (secret, value) => secret.name.startsWith(value),
  description: (secret, value) => everyWordBegins(value, [secret.description ?? ""]),
  "tag-key": (secret, value) => (secret.tags ?? []).some((tag) => tag.key.startsWith(value)),
  "tag-value": (secret, value) => (secret.tags ?? []).some((tag) => tag.value.startsWith(value)),
  // Only replicas and secrets with replicas have one.
  "primary-region": (secret, value) => primaryRegionOf(secret)?.startsWith(value) ?? false,
  // No secret here is owned by another service.
  "owning-service": () => false,
  all: (secret, value) => everyWordBegins(value, attributes(secret)),
};

function attributes({ name, description = "", tags = [] }: Secret): string[] {
  return [name, description, ...tags.flatMap(({ key, value }) => [key, value])];
}

/** True if each word of `value` begins a word of `texts`, in either case. A value without words is nowhere. */
function everyWordBegins(value: string, texts: readonly string[]): boolean {
  const wanted = words(value);
  const candidates = texts.flatMap(words);
  return wanted.length > 0 && wanted.every((word) => candidates.some((candidate) => candidate.startsWith(word)));
}

/** The characters of which a name may have one kind, if AWS is to tell its words apart. */
const separators = /[/_+=.@-]/g;

/**
 * The words of a text. They end where small letters become capitals and letters become digits: `credsDatabase#892` has
 * three, and the last of several capitals belongs to the small letters behind it. AWS takes `my/secret+value`, which has two
 * kinds of separators, for one word.
 */
function words(text: string): string[] {
  return text.split(/\s+/).flatMap((part) => {
    if (new Set(part.match(separators)).size > 1) return /[\p{L}\p{N}]/u.test(part) ? [part.toLowerCase()] : [];
    const found = part.match(/\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu) ?? [];
    return found.map((word) => word.toLowerCase());
  });
}
