export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/**
 * The pairs of a secret's text, if all of it is pairs of strings; undefined otherwise. Nothing else is turned into pairs, because
 * it would not come back as it was.
 */
export function pairsOf(text: string): readonly KeyValue[] | undefined {
  if (text === "") return [];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const pairs = Object.entries(value);
    if (!pairs.every((pair): pair is [string, string] => typeof pair[1] === "string")) return undefined;
    // Of two equal keys one would be lost: the text holds more strings than the pairs.
    if ((text.match(/"(?:[^"\\]|\\.)*"/g) ?? []).length !== 2 * pairs.length) return undefined;
    return pairs.map(([key, member]) => ({ key, value: member }));
  } catch {
    return undefined;
  }
}

/** The text of pairs, as AWS's console stores them. Rows that are all empty are none. */
export function textOf(pairs: readonly KeyValue[]): string {
  const entered = pairs.filter(({ key, value }) => key !== "" || value !== "");
  // Written member by member: an object would sort keys that are numbers, and keep one of two equal ones.
  const members = entered.map(({ key, value }) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return members.length === 0 ? "" : `{${members.join(",")}}`;
}

export type PairProblem = "empty" | "duplicate";

/** What keeps a row's key from being one. */
export function problemOf(pairs: readonly KeyValue[], index: number): PairProblem | undefined {
  const { key = "", value = "" } = pairs[index] ?? {};
  if (key === "") return value === "" ? undefined : "empty";
  return pairs.some((other, at) => at !== index && other.key === key) ? "duplicate" : undefined;
}
