import { MalformedPattern } from "./filter.ts";

/** A step into JSON: a member, an index of a list, or all of them. */
type Step = { readonly member: string } | { readonly index: number } | "*";

const step = /\.([^.[\]*]+)|\.(\*)|\[(\d+)\]|\[(\*)\]|\.?\["([^"]*)"\]|\.?\['([^']*)'\]/y;

/** Finds the values that a selector such as `$.users[0].id` or `$.items[*].name` means; `undefined` where there is none. */
export type Selector = (root: unknown) => readonly unknown[];

export function readSelector(text: string): Selector {
  if (!text.startsWith("$")) throw new MalformedPattern(`A selector begins with "$", unlike "${text}"`);
  const steps: Step[] = [];
  for (let at = 1; at < text.length; at = step.lastIndex) {
    step.lastIndex = at;
    const found = step.exec(text);
    if (!found) throw new MalformedPattern(`Invalid selector "${text}"`);
    const [, member, anyMember, index, anyItem, quoted, singleQuoted] = found;
    if (anyMember !== undefined || anyItem !== undefined) steps.push("*");
    else if (index !== undefined) steps.push({ index: Number(index) });
    else steps.push({ member: member ?? quoted ?? singleQuoted ?? "" });
  }
  if (steps.filter((one) => one === "*").length > 1) {
    throw new MalformedPattern(`The selector "${text}" has more than one wildcard`);
  }
  return (root) =>
    steps.reduce<readonly unknown[]>((values, one) => values.flatMap((value) => within(value, one)), [root]);
}

function within(value: unknown, one: Step): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (one === "*") return Object.values(value);
  if ("index" in one) return Array.isArray(value) && one.index < value.length ? [value[one.index]] : [];
  return !Array.isArray(value) && Object.hasOwn(value, one.member)
    ? [(value as Readonly<Record<string, unknown>>)[one.member]]
    : [];
}
