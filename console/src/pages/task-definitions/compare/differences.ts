/** One member that is not the same in two revisions. */
export interface Difference {
  /** `containerDefinitions.web.environment.MODE.value`; items of lists go by their name where they have one. */
  readonly member: string;
  readonly change: "added" | "removed" | "changed";
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Member by member, in the order of the first document and then of what the second adds. The order of named items is none. */
export function differences(before: unknown, after: unknown, member = ""): readonly Difference[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ member, change: "added", after }];
  if (after === undefined) return [{ member, change: "removed", before }];
  const [one, other] = membersOf(before, after);
  if (one === undefined || other === undefined) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ member, change: "changed", before, after }];
  }
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return names.flatMap((name) =>
    differences(one.get(name), other.get(name), member === "" ? name : `${member}.${name}`),
  );
}

type Members = ReadonlyMap<string, unknown>;

/** Of two objects or two lists whose items can be told apart; of others nothing. */
function membersOf(before: unknown, after: unknown): readonly [Members?, Members?] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const key = keys.find((name) => isKey(before, name) && isKey(after, name));
    if (key === undefined) return [];
    const named = (list: readonly unknown[]) =>
      new Map(list.map((item) => [String((item as Readonly<Record<string, unknown>>)[key]), item]));
    return [named(before), named(after)];
  }
  if (!isObject(before) || !isObject(after)) return [];
  return [new Map(Object.entries(before)), new Map(Object.entries(after))];
}

/** What tells the items of a definition's lists apart, the first that all of them have. */
const keys = ["name", "key", "containerPort", "containerPath", "containerName", "sourceContainer", "namespace"];

function isKey(list: readonly unknown[], key: string): boolean {
  const values = list.map((item) => (isObject(item) ? item[key] : undefined));
  return values.every((value) => value !== undefined) && new Set(values).size === values.length;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
