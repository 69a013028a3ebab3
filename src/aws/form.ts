import type { NormalizedSchema } from "@smithy/core/schema";
import { fromBase64 } from "@smithy/core/serde";

interface Tree {
  value?: string;
  readonly children: Map<string, Tree>;
}

/** Deeper than any operation's input; what lies below is dropped. */
const deepest = 32;

/** The input that a Query form (`Tags.member.1.Key=…`) holds, by the operation's schema. Unknown members are dropped. */
export function readForm(schema: NormalizedSchema, form: URLSearchParams): unknown {
  const root: Tree = { children: new Map() };
  for (const [key, value] of form) {
    let node = root;
    for (const part of key.split(".", deepest)) {
      const child = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.value = value;
  }
  return readMember(schema, root) ?? {};
}

function readMember(schema: NormalizedSchema, tree: Tree | undefined): unknown {
  if (!tree) return undefined;
  if (schema.isStructSchema()) return readStructure(schema, tree);
  if (schema.isListSchema()) return readList(schema, tree);
  if (schema.isMapSchema()) return readMap(schema, tree);
  const text = tree.value;
  if (text === undefined) return undefined;
  if (schema.isNumericSchema()) return text.trim() === "" ? Number.NaN : Number(text);
  if (schema.isBooleanSchema()) return text === "true" ? true : text === "false" ? false : text;
  if (schema.isTimestampSchema()) return new Date(text);
  if (schema.isBlobSchema()) return isBase64(text) ? fromBase64(text) : text;
  return text;
}

function readStructure(schema: NormalizedSchema, tree: Tree): Record<string, unknown> {
  const structure: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = readMember(member, tree.children.get(wireName(member) ?? name));
    if (value !== undefined) structure[name] = value;
  }
  return structure;
}

function readList(schema: NormalizedSchema, tree: Tree): unknown[] {
  if (tree.value === "") return [];
  const item = schema.getValueSchema();
  const items = isFlat(schema) ? tree : tree.children.get(wireName(item) ?? "member");
  return [...(items?.children ?? [])]
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, child]) => readMember(item, child));
}

function readMap(schema: NormalizedSchema, tree: Tree): Record<string, unknown> {
  const entries = isFlat(schema) ? tree : tree.children.get("entry");
  return Object.fromEntries(
    [...(entries?.children.values() ?? [])].map((entry) => [
      entry.children.get("key")?.value ?? "",
      readMember(schema.getValueSchema(), entry.children.get("value")),
    ]),
  );
}

function wireName(schema: NormalizedSchema): string | undefined {
  return (schema.getMergedTraits() as { xmlName?: string }).xmlName;
}

function isFlat(schema: NormalizedSchema): boolean {
  return Boolean((schema.getMergedTraits() as { xmlFlattened?: 1 }).xmlFlattened);
}

function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}
