/** A filter pattern, ready to use. */
export interface Filter {
  matches(message: string): boolean;
  /** A text that every message has that matches; absent where there is none. A search looks for it first. */
  readonly needle?: string;
  /** The parts of a message that match the pattern, under the names that it has for them: TestMetricFilter shows them. */
  extract(message: string): Readonly<Record<string, string>>;
}

/** The pattern is not well-formed; the message says why. */
export class MalformedPattern extends Error {}

export const everything: Filter = { matches: () => true, extract: () => ({}) };
