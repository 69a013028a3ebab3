import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { applyEdits, modify } from "jsonc-parser";

export type Path = readonly (string | number)[];

const formatting = { formattingOptions: { insertSpaces: true, tabSize: 2 } } as const;

/** The text with one member changed, or without it if `value` is undefined. Everything else stays as it was written. */
export function edited(text: string, path: Path, value: unknown): string {
  const root: unknown = JSON.parse(text);
  const hole = path.findIndex((_, length) => length > 0 && valueAt(root, path.slice(0, length)) === null);
  if (hole > 0) {
    // Nothing can be put into a member that is null: it is as one that nobody wrote yet.
    if (value === undefined) return text;
    return edited(edited(text, path.slice(0, hole), typeof path[hole] === "number" ? [] : {}), path, value);
  }
  // A list that nobody wrote yet begins with its first item.
  return applyEdits(text, modify(text, [...path], value, formatting));
}

/** The text without a member, and without the object around it that would be left empty: the API takes no half of it. */
export function cleared(text: string, path: Path): string {
  const next = edited(text, path, undefined);
  const around = path.slice(0, -1);
  const left = valueAt(JSON.parse(next), around);
  const isEmpty = typeof left === "object" && left !== null && !Array.isArray(left) && Object.keys(left).length === 0;
  return isEmpty && typeof around.at(-1) === "string" ? edited(next, around, undefined) : next;
}

/** The text with an item more at a list's end. */
export function added(text: string, path: Path, item: unknown): string {
  const list = valueAt(JSON.parse(text), path);
  if (!Array.isArray(list)) return edited(text, path, [item]);
  return applyEdits(text, modify(text, [...path, list.length], item, { ...formatting, isArrayInsertion: true }));
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[part];
  }
  return found;
}

/** What DescribeTaskDefinition adds, which no registration takes. */
const answered = new Set<keyof TaskDefinition>([
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "deregisteredAt",
  "registeredBy",
  "deleteRequestedAt",
]);

/** A revision as the document of the next one. */
export function asDocument(definition: object, tags: readonly object[] | undefined): string {
  const kept = Object.entries(definition).filter(([name]) => !answered.has(name as keyof TaskDefinition));
  return JSON.stringify({ ...Object.fromEntries(kept), ...(tags && tags.length > 0 && { tags }) }, null, 2);
}

/** The names of an object's members that a form does not show. */
export function otherMembers(value: unknown, shown: ReadonlySet<string>): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value).filter((name) => !shown.has(name)) : [];
}
