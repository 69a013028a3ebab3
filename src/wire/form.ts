import type { NormalizedSchema } from "@smithy/core/schema";
import { ApiError } from "../model/api-error.ts";
import { readIsoTime } from "./json-input.ts";

interface Node {
  value?: string;
  children?: Map<string, Node>;
}

/**
 * Reads the input in a Query form (`Tags.member.1.Key=…`) by the operation's schema. It drops unknown members. A value
 * whose type differs from the schema's throws `MalformedInput`.
 */
export function readForm(schema: NormalizedSchema, form: URLSearchParams): unknown {
  const root: Node = {};
  // Parts that the schema does not know are dropped: a hostile key cannot make more nodes than the schema is deep.
  for (const [key, value] of form) place(root, schema, key.split("."), 0, value);
  return readMember(schema, root) ?? {};
}

function place(node: Node, schema: NormalizedSchema, parts: readonly string[], at: number, value: string): void {
  const part = parts[at];
  if (part === undefined) {
    node.value = value;
  } else if (schema.isStructSchema()) {
    const member = membersOf(schema).get(part);
    if (member) place(childOf(node, part), member, parts, at + 1, value);
  } else if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const flat = isFlat(schema);
    if (!flat && part !== wireName(item, "member")) return;
    const index = flat ? part : parts[at + 1];
    if (index !== undefined) place(childOf(node, checkIndex(index)), item, parts, at + (flat ? 1 : 2), value);
  } else if (schema.isMapSchema()) {
    const flat = isFlat(schema);
    if (!flat && part !== "entry") return;
    const [index, side] = parts.slice(flat ? at : at + 1);
    const half = side === undefined ? undefined : sidesOf(schema).get(side);
    if (index === undefined || !half) return;
    const entry = childOf(node, checkIndex(index));
    place(childOf(entry, half.memberName), half.schema, parts, at + (flat ? 2 : 3), value);
  }
}

function readMember(schema: NormalizedSchema, node: Node | undefined): unknown {
  // `place` made this node before it met a part that the schema does not know.
  if (!node || (node.value === undefined && !node.children)) return undefined;
  if (schema.isStructSchema()) return readStructure(schema, node);
  if (schema.isListSchema()) return readList(schema, node);
  if (schema.isMapSchema()) return readMap(schema, node);
  return node.value === undefined ? undefined : readScalar(schema, node.value);
}

function readScalar(schema: NormalizedSchema, text: string): unknown {
  if (schema.isNumericSchema()) {
    const number = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : undefined;
    return Number.isSafeInteger(number) ? number : refuse("an Integer");
  }
  if (schema.isBooleanSchema()) return text === "true" ? true : text === "false" ? false : refuse("a Boolean");
  if (schema.isTimestampSchema()) {
    const time = readIsoTime(text);
    return time && !Number.isNaN(time.getTime()) ? time : refuse("a Timestamp");
  }
  if (schema.isBlobSchema()) {
    const bytes = Buffer.from(text, "base64");
    return bytes.toString("base64") === text ? new Uint8Array(bytes) : refuse("a Blob");
  }
  return text;
}

function readStructure(schema: NormalizedSchema, node: Node): Record<string, unknown> {
  if (node.value) throw malformed("Expected null");
  const structure: Record<string, unknown> = {};
  for (const [part, member] of membersOf(schema)) {
    const value = readMember(member, node.children?.get(part));
    if (value !== undefined) structure[member.getMemberName()] = value;
  }
  return structure;
}

/** Items come in the order of their indexes, which may have gaps. */
function readList(schema: NormalizedSchema, node: Node): unknown[] {
  // An empty list is written `Tags=`.
  if (node.value) throw malformed("Expected list or null");
  const item = schema.getValueSchema();
  return entriesOf(node)
    .map((child) => readMember(item, child))
    .filter((value) => value !== undefined);
}

function readMap(schema: NormalizedSchema, node: Node): Record<string, unknown> {
  if (node.value) throw malformed("Expected map or null");
  const item = schema.getValueSchema();
  const entries = entriesOf(node).map(({ children }) => {
    return [children?.get("key")?.value ?? "", readMember(item, children?.get("value"))] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function entriesOf(node: Node): readonly Node[] {
  return [...(node.children ?? [])].sort(([left], [right]) => Number(left) - Number(right)).map(([, child]) => child);
}

function childOf(node: Node, part: string): Node {
  node.children ??= new Map();
  const known = node.children.get(part);
  if (known) return known;
  const made: Node = {};
  node.children.set(part, made);
  return made;
}

const known = new Map<unknown, ReadonlyMap<string, NormalizedSchema>>();

/** A structure's members by their name in a form. */
function membersOf(schema: NormalizedSchema): ReadonlyMap<string, NormalizedSchema> {
  const key = schema.getSchema();
  const made =
    known.get(key) ??
    new Map([...schema.structIterator()].map(([name, member]) => [wireName(member, name), member] as const));
  known.set(key, made);
  return made;
}

function sidesOf(schema: NormalizedSchema) {
  const key = schema.getKeySchema();
  const value = schema.getValueSchema();
  return new Map([
    [wireName(key, "key"), { memberName: "key", schema: key }],
    [wireName(value, "value"), { memberName: "value", schema: value }],
  ]);
}

function wireName(schema: NormalizedSchema, otherwise: string): string {
  return schema.getMergedTraits().xmlName ?? otherwise;
}

function isFlat(schema: NormalizedSchema): boolean {
  return Boolean(schema.getMergedTraits().xmlFlattened);
}

function checkIndex(text: string): string {
  return /^\d{1,9}$/.test(text) ? text : refuse("an Integer");
}

function refuse(target: string): never {
  throw malformed(`STRING_VALUE can not be converted to ${target}`);
}

function malformed(message: string): ApiError {
  return new ApiError({ code: "MalformedInput", status: 400 }, message);
}
