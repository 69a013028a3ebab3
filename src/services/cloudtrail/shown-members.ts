import type { NormalizedSchema } from "@smithy/core/schema";
import { hidden, hiddenMembers } from "./hidden-members.ts";

/** What of a value may be written down, as JSON; `undefined` where nothing may. */
export type Shower = (value: unknown) => unknown;

/** Of a text; policy documents may be longer, and are to be found with the resource. */
const longestText = 8_192;

/** Of a list or a map. */
const mostEntries = 500;

/**
 * What events show of a structure, under CloudTrail's names. Sensitive members say that they are hidden (`mark`) or are
 * left out; so are blobs.
 */
export function shower(schema: NormalizedSchema, secrets: "mark" | "leave out"): Shower {
  return showerOf(schema, secrets, new Map());
}

/** Whether any value of the schema may hold a secret. */
export function holdsSecrets(schema: NormalizedSchema, seen = new Set<unknown>()): boolean {
  if (isSensitive(schema)) return true;
  if (schema.isListSchema() || schema.isMapSchema()) return holdsSecrets(schema.getValueSchema(), seen);
  if (!schema.isStructSchema() || seen.has(schema.getSchema())) return false;
  seen.add(schema.getSchema());
  return [...schema.structIterator()].some(
    ([name, member]) => isHidden(schema, name, member) || holdsSecrets(member, seen),
  );
}

function showerOf(schema: NormalizedSchema, secrets: "mark" | "leave out", made: Map<unknown, Shower>): Shower {
  if (isSensitive(schema)) return schema.isBlobSchema() || secrets === "leave out" ? nothing : () => hidden;
  const known = made.get(schema.getSchema());
  if (known) return known;
  if (schema.isStructSchema()) return structureShower(schema, secrets, made);
  if (schema.isListSchema() || schema.isMapSchema()) {
    let item: Shower | undefined;
    const showItem: Shower = (value) => {
      item ??= showerOf(schema.getValueSchema(), secrets, made);
      return item(value);
    };
    return schema.isListSchema() ? (value) => showList(value, showItem) : (value) => showMap(value, showItem);
  }
  if (schema.isBlobSchema()) return nothing;
  if (schema.isTimestampSchema()) return (value) => (value as Date).toISOString();
  return (value) =>
    typeof value === "string" && value.length > longestText ? `${value.slice(0, longestText)}…` : value;
}

function structureShower(schema: NormalizedSchema, secrets: "mark" | "leave out", made: Map<unknown, Shower>): Shower {
  const members: (readonly [name: string, shown: string, show: Shower])[] = [];
  const show: Shower = (value) => {
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
    const showMember = isSecret ? secretShower(member, secrets) : showerOf(member, secrets, made);
    members.push([name, shownName(name), showMember]);
  }
  return show;
}

function secretShower(schema: NormalizedSchema, secrets: "mark" | "leave out"): Shower {
  return schema.isBlobSchema() || secrets === "leave out" ? nothing : () => hidden;
}

const nothing: Shower = () => undefined;

function showList(value: unknown, show: Shower): unknown {
  return (value as readonly unknown[]).slice(0, mostEntries).map((item) => show(item) ?? null);
}

function showMap(value: unknown, show: Shower): unknown {
  const entries = Object.entries(value as object).slice(0, mostEntries);
  return Object.fromEntries(entries.map(([name, item]) => [name, show(item)]));
}

function isHidden(schema: NormalizedSchema, name: string, member: NormalizedSchema): boolean {
  return isSensitive(member) || hiddenMembers.has(`${schema.getName()}.${name}`);
}

function isSensitive(schema: NormalizedSchema): boolean {
  return Boolean((schema.getMergedTraits() as { sensitive?: 1 }).sensitive);
}

/** `keyId`, `sAMLMetadataDocument`, `arn`: CloudTrail puts the first letter into lower case, and all of an abbreviation. */
function shownName(name: string): string {
  return name === "ARN" ? "arn" : name.charAt(0).toLowerCase() + name.slice(1);
}
