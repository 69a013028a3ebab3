import type { NormalizedSchema } from "@smithy/core/schema";
import { hidden, hiddenMembers } from "./hidden-members.ts";

/** Gives the JSON value that events show of a value; `undefined` if they must not show it. */
export type Renderer = (value: unknown) => unknown;

/** Characters of a text. Policy documents may be longer; they can be read at their resource. */
const longestText = 8_192;

/** Entries of a list or a map. */
const mostEntries = 500;

/**
 * Renders a structure under CloudTrail's names. Sensitive members are replaced by a mark (`mark`) or left out (`leave out`);
 * blobs are left out.
 */
export function renderer(schema: NormalizedSchema, secrets: "mark" | "leave out"): Renderer {
  return rendererOf(schema, secrets, new Map());
}

/** True if any value of the schema may hold a secret. */
export function holdsSecrets(schema: NormalizedSchema, seen = new Set<unknown>()): boolean {
  if (isSensitive(schema)) return true;
  if (schema.isListSchema() || schema.isMapSchema()) return holdsSecrets(schema.getValueSchema(), seen);
  if (!schema.isStructSchema() || seen.has(schema.getSchema())) return false;
  seen.add(schema.getSchema());
  return [...schema.structIterator()].some(
    ([name, member]) => isHidden(schema, name, member) || holdsSecrets(member, seen),
  );
}

function rendererOf(schema: NormalizedSchema, secrets: "mark" | "leave out", made: Map<unknown, Renderer>): Renderer {
  if (isSensitive(schema)) return schema.isBlobSchema() || secrets === "leave out" ? nothing : () => hidden;
  const known = made.get(schema.getSchema());
  if (known) return known;
  if (schema.isStructSchema()) return structureRenderer(schema, secrets, made);
  if (schema.isListSchema() || schema.isMapSchema()) {
    let item: Renderer | undefined;
    const showItem: Renderer = (value) => {
      item ??= rendererOf(schema.getValueSchema(), secrets, made);
      return item(value);
    };
    return schema.isListSchema() ? (value) => showList(value, showItem) : (value) => showMap(value, showItem);
  }
  if (schema.isBlobSchema()) return nothing;
  if (schema.isTimestampSchema()) return (value) => (value as Date).toISOString();
  return (value) =>
    typeof value === "string" && value.length > longestText ? `${value.slice(0, longestText)}…` : value;
}

function structureRenderer(
  schema: NormalizedSchema,
  secrets: "mark" | "leave out",
  made: Map<unknown, Renderer>,
): Renderer {
  const members: (readonly [name: string, shown: string, show: Renderer])[] = [];
  const show: Renderer = (value) => {
    const structure: Record<string, unknown> = {};
    for (const [name, shown, showMember] of members) {
      const member = (value as Record<string, unknown>)[name];
      if (member !== undefined && member !== null) structure[shown] = showMember(member);
    }
    return structure;
  };
  made.set(schema.getSchema(), show);
  for (const [name, member] of schema.structIterator()) {
    const isSecret = isHidden(schema, name, member);
    const showMember = isSecret ? secretRenderer(member, secrets) : rendererOf(member, secrets, made);
    members.push([name, shownName(name), showMember]);
  }
  return show;
}

function secretRenderer(schema: NormalizedSchema, secrets: "mark" | "leave out"): Renderer {
  return schema.isBlobSchema() || secrets === "leave out" ? nothing : () => hidden;
}

const nothing: Renderer = () => undefined;

function showList(value: unknown, show: Renderer): unknown {
  return (value as readonly unknown[]).slice(0, mostEntries).map((item) => show(item) ?? null);
}

function showMap(value: unknown, show: Renderer): unknown {
  const entries = Object.entries(value as object).slice(0, mostEntries);
  return Object.fromEntries(entries.map(([name, item]) => [name, show(item)]));
}

function isHidden(schema: NormalizedSchema, name: string, member: NormalizedSchema): boolean {
  return isSensitive(member) || hiddenMembers.has(`${schema.getName()}.${name}`);
}

function isSensitive(schema: NormalizedSchema): boolean {
  return Boolean((schema.getMergedTraits() as { sensitive?: 1 }).sensitive);
}

/** CloudTrail's spelling, with the first letter in lower case: `keyId`, `sAMLMetadataDocument`, and `arn` for `ARN`. */
function shownName(name: string): string {
  return name === "ARN" ? "arn" : name.charAt(0).toLowerCase() + name.slice(1);
}
