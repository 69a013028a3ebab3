import type { JsonValue } from "./go-json.ts";

/**
 * Renders a decoded JSON value as Go's `fmt.Sprintf("%v")` does, which is how AWS's agent puts a JSON key's value into
 * the environment: `1e+06` for a million, `<nil>` for null, `map[a:1 b:x]` for an object.
 */
export function formatGoValue(value: JsonValue): string {
  let text = "";
  // A stack of our own: a secret can nest deeper than the call stack.
  const pending: (JsonValue | Literal)[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next instanceof Literal) text += next.text;
    else if (Array.isArray(next)) pushReversed(pending, arrayParts(next));
    else if (next instanceof Map) pushReversed(pending, mapParts(next));
    else text += formatScalar(next as null | boolean | number | string);
  }
  return text;
}

class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function pushReversed<T>(stack: T[], items: readonly T[]): void {
  for (const item of items.toReversed()) stack.push(item);
}

const space = new Literal(" ");

function arrayParts(array: readonly JsonValue[]): (JsonValue | Literal)[] {
  return [
    new Literal("["),
    ...array.flatMap((item, index) => (index === 0 ? [item] : [space, item])),
    new Literal("]"),
  ];
}

function mapParts(map: ReadonlyMap<string, JsonValue>): (JsonValue | Literal)[] {
  const entries = [...map].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const parts = entries.flatMap(([key, item], index) => [new Literal(`${index === 0 ? "" : " "}${key}:`), item]);
  return [new Literal("map["), ...parts, new Literal("]")];
}

function formatScalar(value: null | boolean | number | string): string {
  if (value === null) return "<nil>";
  return typeof value === "number" ? formatGoFloat(value) : String(value);
}

/** Go's `%v` of a float64: shortest digits, with an exponent from 1e6 up and below 1e-4. */
export function formatGoFloat(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (value === 0) return "0";
  const [digits = "", exponentText = ""] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  // Between the two limits JavaScript writes no exponent either.
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
