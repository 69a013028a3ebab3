import type { Secret } from "./secret.ts";

/** A filter of ListSecrets and BatchGetSecretValue. */
export interface Filter {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/**
 * Whether a secret passes every filter: one of its values matches, none that starts with "!" does.
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

const matchers: Readonly<Record<string, (secret: Secret, value: string) => boolean>> = {
  name: (secret, value) => secret.name.startsWith(value),
  description: (secret, value) => everyWordBegins(value, [secret.description ?? ""]),
  "tag-key": (secret, value) => (secret.tags ?? []).some((tag) => tag.key.startsWith(value)),
  "tag-value": (secret, value) => (secret.tags ?? []).some((tag) => tag.value.startsWith(value)),
  // Of replicated secrets and of those that another service owns; there are none here.
  "primary-region": () => false,
  "owning-service": () => false,
  all: (secret, value) => everyWordBegins(value, attributes(secret)),
};

function attributes({ name, description = "", tags = [] }: Secret): string[] {
  return [name, description, ...tags.flatMap(({ key, value }) => [key, value])];
}

/** Whether each word of `value` begins one of `texts` or one of their words, whatever the case. */
function everyWordBegins(value: string, texts: readonly string[]): boolean {
  const candidates = texts.flatMap((text) => [text.toLowerCase(), ...words(text)]);
  return words(value).every((word) => candidates.some((candidate) => candidate.startsWith(word)));
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s;/_+=.@-]+/)
    .filter((word) => word !== "");
}
