/** A filter pattern, ready to use. */
export interface Filter {
  matches(message: string): boolean;
  /** A text that every message has that matches; absent where there is none. A search looks for it first. */
  readonly needle?: string;
  /** The parts of a message that match the pattern, under the names that it has for them: TestMetricFilter shows them. */
  extract(message: string): Readonly<Record<string, string>>;
  /** True if the pattern is one of JSON or fields, so that metrics can have values of them. */
  readonly hasFields?: boolean;
  /** True if the pattern has a regular expression. */
  readonly hasRegex?: boolean;
}

/** The pattern is not well-formed; the message says why. */
export class MalformedPattern extends Error {
  /** True if the message is AWS's own, which stands alone. */
  readonly isWhole: boolean;

  constructor(message: string, isWhole = false) {
    super(message);
    this.isWhole = isWhole;
  }
}

/** Outside of quotes, a term has letters, digits and underscores only. */
export function invalidCharacters(characters: string): MalformedPattern {
  return new MalformedPattern(`Invalid character(s) in term '${characters}'`, true);
}

export function unclosed(begin: "{" | "[", end: "}" | "]"): MalformedPattern {
  return new MalformedPattern(`If a filter pattern starts with '${begin}' it must end with '${end}'`, true);
}

/** AWS's limit of the regular expressions in a pattern of fields or JSON. */
const mostRegexes = 2;

export function checkRegexes(tokens: readonly { readonly kind: string }[]): void {
  const count = tokens.filter(({ kind }) => kind === "regex").length;
  if (count > mostRegexes) {
    throw new MalformedPattern(`The pattern has ${count} regular expressions; it can have ${mostRegexes}`);
  }
}

export const everything: Filter = { matches: () => true, extract: () => ({}) };
