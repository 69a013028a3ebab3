import { primaryRegionOf, type Secret } from "./secret.ts";

/** A filter of ListSecrets and BatchGetSecretValue. */
export interface Filter {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/**
 * True if a secret passes every filter: one of its values matches, and none that starts with "!" does.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_search-secret.html
 */
export function passes(secret: Secret, filters: readonly Filter[]): boolean {
  return filters.every(({ Key = "all", Values = [] }) => {
    const matches = (value: string) => matchers[Key]?.(secret, value) ?? false;
    const excluded = Values.filter((value) => value.startsWith("!"));
    const wanted = Values.filter((value) => !value.startsWith("!"));
    if (excluded.some((value) => matches(value.slice(1)))) return false;
    return wanted.length === 0 || wanted.some(matches);
  });
}

/** Lists of prefixes: a secret passes only if its name begins with one of each list. The database searches by them. */
export function namePrefixes(filters: readonly Filter[]): string[][] {
  const named = filters.filter(({ Key }) => Key === "name");
  return named
    .map(({ Values = [] }) => Values.filter((value) => !value.startsWith("!")))
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

/** True if each word of `value` begins a word of `texts`, in either case. */
function everyWordBegins(value: string, texts: readonly string[]): boolean {
  const candidates = texts.flatMap((text) => [...spacedWords(text), ...words(text)]);
  const isThere = (word: string) => candidates.some((candidate) => candidate.startsWith(word));
  return spacedWords(value).every(isThere) || words(value).every(isThere);
}

function spacedWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s;/_+=.@-]+/)
    .filter((word) => word !== "");
}

/** AWS also ends words where letters become digits and small letters capitals: `credsDatabase#892` has three. */
function words(text: string): string[] {
  return (text.match(/\p{Lu}*[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+|\p{N}+/gu) ?? []).map((word) => word.toLowerCase());
}
