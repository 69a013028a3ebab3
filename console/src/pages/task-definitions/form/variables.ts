import { added, edited, type Path, valueAt } from "../document.ts";

/** An environment variable or an option of a log driver: written into the definition, or taken from a store. */
export interface Variable {
  readonly kind: "Value" | "ValueFrom";
  readonly name: string;
  readonly value: string;
  /** Where it stands in its list, or under which name in its map. */
  readonly at: string | number;
}

/** Where the two kinds stand below a container. */
export interface Places {
  readonly values: Path;
  /** True if `values` is a map of names, as a log driver's options are. */
  readonly isMap: boolean;
  readonly valuesFrom: Path;
}

export function variablesOf(root: unknown, { values, isMap, valuesFrom }: Places): readonly Variable[] {
  const plain = valueAt(root, values);
  const stored = valueAt(root, valuesFrom);
  return [
    ...(isMap
      ? Object.entries(typeof plain === "object" && plain !== null ? plain : {}).map(([name, value]) => ({
          ...{ kind: "Value" as const, name, value: text(value), at: name },
        }))
      : listOf(plain).map((item, at) => ({
          kind: "Value" as const,
          name: text(item.name),
          value: text(item.value),
          at,
        }))),
    ...listOf(stored).map((item, at) => ({
      kind: "ValueFrom" as const,
      name: text(item.name),
      value: text(item.valueFrom),
      at,
    })),
  ];
}

/** The document with another value, or name, or kind of a variable. What else its entry holds stays. */
export function changed(
  document: string,
  places: Places,
  variable: Variable,
  next: Partial<Pick<Variable, "kind" | "name" | "value">>,
): string {
  const { kind = variable.kind, name = variable.name, value = variable.value } = next;
  if (kind !== variable.kind) {
    // A plain value is no reference, and a reference no value: what was typed goes along, and the reader sees it.
    return appended(removed(document, places, variable), places, { kind, name, value });
  }
  const list = kind === "Value" ? places.values : places.valuesFrom;
  if (kind === "Value" && places.isMap) return renamed(document, list, String(variable.at), name, value);
  const member = kind === "Value" ? "value" : "valueFrom";
  let text = document;
  if (next.name !== undefined) text = edited(text, [...list, variable.at, "name"], name);
  if (next.value !== undefined) text = edited(text, [...list, variable.at, member], value);
  return text;
}

export function appended(document: string, places: Places, { kind, name, value }: Omit<Variable, "at">): string {
  if (kind === "ValueFrom") return added(document, places.valuesFrom, { name, valueFrom: value });
  if (places.isMap) return edited(document, [...places.values, name], value);
  return added(document, places.values, { name, value });
}

export function removed(document: string, { values, valuesFrom }: Places, { kind, at }: Variable): string {
  return edited(document, [...(kind === "Value" ? values : valuesFrom), at], undefined);
}

/** Names of a map keep their order when one of them changes. */
function renamed(document: string, map: Path, before: string, after: string, value: string): string {
  if (before === after) return edited(document, [...map, before], value);
  const entries = Object.entries((valueAt(JSON.parse(document), map) ?? {}) as Record<string, unknown>);
  // A name that is there already would be lost.
  if (entries.some(([name]) => name === after)) return document;
  return edited(
    document,
    map,
    Object.fromEntries(entries.map(([name, old]) => (name === before ? [after, value] : [name, old]))),
  );
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map((item) => (typeof item === "object" && item !== null ? item : {})) : [];
}

function text(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}
